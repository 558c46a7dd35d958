using System.Security.Cryptography;
using System.Text;
using OctoMoveTui.Engine.Agreement;
using OctoMoveTui.Tests.Support;

namespace OctoMoveTui.Tests.Agreement;

public sealed class WhatFilesSayTests
{
    [Theory]
    [InlineData("Spaces-1/feeds-builtin/Acme.Web/Acme.Web.1.2.3.zip", "Spaces-1", "Acme.Web", "1.2.3")]
    [InlineData("Spaces-12/feeds-builtin/Acme.Web/Acme.Web.1.2.3-beta.1.nupkg", "Spaces-12", "Acme.Web", "1.2.3-beta.1")]
    [InlineData("Spaces-1/feeds-builtin/acme-cli/acme-cli.1.0.0+build.5.tar.gz", "Spaces-1", "acme-cli", "1.0.0+build.5")]
    [InlineData("Acme.Web/Acme.Web.1.2.3.zip", "", "Acme.Web", "1.2.3")]
    [InlineData("Acme.Web/Acme.Web.2020.jar", "", "Acme.Web", "2020")]
    [InlineData("Spaces-1/feeds-builtin/Größen Rechner/Größen Rechner.1.0.whl", "Spaces-1", "Größen Rechner", "1.0")]
    public void A_package_is_read_from_its_path_in_both_layouts_and_with_any_extension(string path, string space, string packageId, string version) =>
        PackagePath.Of(path).ShouldBe(new PackagePath(space, packageId, version));

    [Theory]
    [InlineData("readme.txt")]
    [InlineData("Spaces-1/feeds-builtin/Acme.Web/readme.txt")]
    [InlineData("Spaces-1/feeds-builtin/Acme.Web/Acme.Web.Core.1.0.0.zip")]
    public void What_is_no_package_of_its_folder_is_none(string path) => PackagePath.Of(path).ShouldBeNull();

    [Fact]
    public void A_row_finds_its_file_whatever_the_case() =>
        PackagePath.Of("spaces-1/feeds-builtin/acme.web/ACME.Web.1.0.0-RC.1.zip")!.Key.ShouldBe(PackagePath.KeyOf("Spaces-1", "Acme.Web", "1.0.0-rc.1"));

    [Fact]
    public void The_id_of_a_task_or_artifact_is_found_anywhere_in_the_path_and_whole()
    {
        IdInPath.OfTaskLog("Spaces-1/servertasks-12_abc.txt").ShouldBe(IdInPath.KeyOf("ServerTasks-12"));
        IdInPath.OfTaskLog("2026/ServerTasks-12/log.txt").ShouldBe(IdInPath.KeyOf("ServerTasks-12"));
        IdInPath.OfTaskLog("ServerTasks-120.txt").ShouldNotBe(IdInPath.KeyOf("ServerTasks-12"));
        IdInPath.OfArtifact("Spaces-1/ServerTasks-7/Artifacts-3~report.xml").ShouldBe(IdInPath.KeyOf("Artifacts-3"));
        IdInPath.OfArtifact("images/logo.svg").ShouldBeNull();
    }

    [Fact]
    public async Task Each_kind_of_hash_is_known_by_its_length_in_hexadecimal_and_in_base64()
    {
        using var folder = new TemporaryFolder();
        var file = folder["a.zip"];
        await File.WriteAllTextAsync(file, "content");
        var content = Encoding.UTF8.GetBytes("content");
#pragma warning disable CA5350 // Rows of older versions hold it.
        var hashes = new Dictionary<string, byte[]>
        {
            ["SHA1"] = SHA1.HashData(content), ["SHA256"] = SHA256.HashData(content), ["SHA384"] = SHA384.HashData(content), ["SHA512"] = SHA512.HashData(content),
        };
#pragma warning restore CA5350

        foreach (var (algorithm, hash) in hashes)
        {
            foreach (var text in new[] { Convert.ToHexString(hash), Convert.ToHexStringLower(hash), Convert.ToBase64String(hash) })
            {
                var recorded = RecordedHash.Of(text).ShouldNotBeNull(text);
                recorded.Algorithm.ShouldBe(algorithm);
                (await recorded.DiffersAsync(file, default)).ShouldBeNull(text);
            }
        }

        await File.WriteAllTextAsync(file, "Content");
        (await RecordedHash.Of(Convert.ToHexString(hashes["SHA256"]))!.DiffersAsync(file, default)).ShouldNotBeNull();
        foreach (var unknown in new[] { null, "", "abc", "d41d8cd98f00b204e9800998ecf8427e", "not a hash at all, although it is long" })
            RecordedHash.Of(unknown).ShouldBeNull();
    }

    [Fact]
    public void Files_are_found_by_their_key_and_those_that_nobody_looked_for_are_left()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "Artifacts-1~a.txt", "Artifacts-2~b.txt", "sub/Artifacts-2~c.txt", "logo.svg" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
            File.WriteAllText(folder[name], name);
        }

        using var index = FileIndex.Of(folder.Path, IdInPath.OfArtifact, _ => { }, default);

        index.Count.ShouldBe(3);
        index.Others.ShouldBe(1);
        index.Find(IdInPath.KeyOf("artifacts-2")).Select(each => each.Path).ShouldBe(["Artifacts-2~b.txt", "sub/Artifacts-2~c.txt"], ignoreOrder: true);
        index.Find(IdInPath.KeyOf("Artifacts-3")).ShouldBeEmpty();
        index.Unseen().ShouldBe([new IndexedFile("Artifacts-1~a.txt", "Artifacts-1~a.txt".Length)]);
    }
}
