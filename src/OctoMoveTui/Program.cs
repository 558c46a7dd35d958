Console.WriteLine("octomove");
