-- Q6. The certificate's name on the old server, for the recipe that moves it.
SELECT name FROM master.sys.certificates WHERE CONVERT(varchar(60), thumbprint, 1) = @thumbprint;
