using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using OctoMoveTui.Sandbox.SqlServer.Databases;
using OctoMoveTui.Sandbox.SqlServer.Sessions;
using OctoMoveTui.Sandbox.SqlServer.TSql;
using OctoMoveTui.Sandbox.SqlServer.Types;

namespace OctoMoveTui.Sandbox.SqlServer.Tds;

/// <summary>One client: handshake, login, then requests, while an ear stays open for its attention signal.</summary>
internal sealed class TdsConnection(SqlServerInstance server, TcpClient client, X509Certificate2 certificate, CancellationToken stopping)
{
    private readonly CancellationTokenSource closing = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private PacketStream packets = null!;
    private TokenWriter tokens = null!;
    private SqlSession? session;

    public async Task RunAsync()
    {
        using var _ = client;
        try
        {
            client.NoDelay = true;
            if (await HandshakeAsync(client.GetStream()) is { } login && await LogInAsync(login))
            {
                await ServeAsync();
            }
        }
        catch (Exception gone)
            when (gone
                    is IOException
                        or SocketException
                        or ObjectDisposedException
                        or OperationCanceledException
                        or AuthenticationException
                        or InvalidDataException
            )
        {
            // The client hung up, was hung up on, or spoke something that isn't TDS: there is nobody to tell.
        }
        finally
        {
            if (session is not null)
            {
                session.Transaction.Rollback();
                server.RemoveSession(session);
            }
            closing.Dispose();
        }
    }

    // ---- handshake and login ---------------------------------------------------------------------------------------------------

    private async Task<Login7?> HandshakeAsync(NetworkStream network)
    {
        packets = new PacketStream(network);
        if (await packets.ReadAsync(closing.Token) is not { Type: PacketType.PreLogin } hello)
        {
            return null;
        }
        var asked = PreLogin.EncryptionOf(hello.Body);
        var answer = (server.Options.Encryption, asked) switch
        {
            (EncryptionMode.NotSupported, _) => PreLogin.EncryptNotSupported,
            (EncryptionMode.Required, _) => PreLogin.EncryptRequired,
            (EncryptionMode.Off, PreLogin.EncryptOff) => PreLogin.EncryptOff,
            (EncryptionMode.On, PreLogin.EncryptOff) => PreLogin.EncryptOff,
            (_, PreLogin.EncryptNotSupported) => PreLogin.EncryptNotSupported,
            _ => PreLogin.EncryptOn,
        };
        var version = server.Options.ProductVersion.Split('.');
        await packets.WriteAsync(
            PreLogin.Answer(answer, server.Options.Major, int.Parse(version[2], System.Globalization.CultureInfo.InvariantCulture)),
            last: true,
            closing.Token
        );

        if (answer == PreLogin.EncryptNotSupported)
        {
            return await ReadLoginAsync();
        }
        var wrapped = new TlsHandshakeStream(network);
        var tls = new SslStream(wrapped, leaveInnerStreamOpen: true);
        // Not TLS 1.3: its session tickets come after the handshake, when the records must already travel bare.
#pragma warning disable CA5398
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = certificate, EnabledSslProtocols = SslProtocols.Tls12 },
            closing.Token
        );
#pragma warning restore CA5398
        wrapped.Wraps = false;
        packets = new PacketStream(tls);
        var login = await ReadLoginAsync();
        if (answer == PreLogin.EncryptOff)
        {
            // Only the login was encrypted.
            packets = new PacketStream(network);
        }
        return login;
    }

    private async Task<Login7?> ReadLoginAsync() =>
        await packets.ReadAsync(closing.Token) is { Type: PacketType.Login7 } message ? Login7.Read(message.Body) : null;

    private async Task<bool> LogInAsync(Login7 login)
    {
        var language = Languages.Find(login.Language) ?? server.Options.Language;
        tokens = new TokenWriter(packets, server.Options.Name) { Translate = message => Languages.Say(session?.Language ?? language, message) };
        var (known, database, refusal) = Authentication.Check(server, login);
        if (server.Faults.StrikeLogin() is { } fault)
        {
            if (fault.Count == 0)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, closing.Token);
            }
            refusal = fault;
        }
        if (refusal.Count > 0)
        {
            foreach (var message in refusal)
            {
                tokens.Message(message);
            }
            tokens.Done(CurrentCommand.None, failed: true);
            await tokens.EndAsync(closing.Token);
            return false;
        }
        session = server.AddSession(known!, login.Host, login.Application, database!);
        session.Hangup = Hangup;
        packets.SessionId = session.Id;

        var size = Math.Clamp(login.PacketSize, 512, 32767);
        tokens.EnvChange(EnvironmentChange.Database, database!.Name, "master");
        tokens.Message(new SqlMessage(5701, 2, 0, $"Changed database context to '{database.Name}'."));
        tokens.EnvChange(EnvironmentChange.Collation, WireText.Collation, []);
        session.Language = session.LoginLanguage = language;
        tokens.EnvChange(EnvironmentChange.Language, language, "");
        tokens.Message(new SqlMessage(5703, 1, 0, $"Changed language setting to {language}."));
        tokens.EnvChange(EnvironmentChange.PacketSize, Number(size), Number(packets.PacketSize));
        tokens.LoginAck(server.Options.ProductVersion);
        tokens.Done(CurrentCommand.None);
        await tokens.EndAsync(closing.Token);
        packets.PacketSize = size;
        return true;

        static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The client gets no goodbye: a reset (RST), or an end of stream (FIN) as when the server's process ends.</summary>
    private void Hangup(bool reset)
    {
        try
        {
            if (reset)
            {
                client.LingerState = new LingerOption(true, 0);
            }
            else
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }
            closing.Cancel();
            client.Close();
        }
        catch (Exception gone) when (gone is ObjectDisposedException or SocketException)
        {
            // It has just ended by itself.
        }
    }

    // ---- requests --------------------------------------------------------------------------------------------------------------

    /// <summary>Reads on while a request runs: an attention must get through, and a client that leaves must stop its statement.</summary>
    private async Task ServeAsync()
    {
        var running = Task.CompletedTask;
        CancellationTokenSource? interrupt = null;
        try
        {
            while (await packets.ReadAsync(closing.Token) is { } message)
            {
                if (message.Type == PacketType.Attention)
                {
                    if (interrupt is not null)
                    {
                        await interrupt.CancelAsync();
                    }
                    await running;
                    await tokens.AcknowledgeAttentionAsync(closing.Token);
                    continue;
                }
                await running;
                interrupt?.Dispose();
                interrupt = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
                var token = interrupt.Token;
                running = Task.Run(() => AnswerAsync(message, token), CancellationToken.None);
            }
        }
        finally
        {
            await closing.CancelAsync();
            await running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            interrupt?.Dispose();
        }
    }

    private async Task AnswerAsync(TdsMessage message, CancellationToken cancel)
    {
        if (message.AsksForReset)
        {
            session!.Reset();
            tokens.EnvChange(EnvironmentChange.ResetDone, "", "");
        }
        session!.LastRequestStart = server.LocalNow;
        session.Request = new RunningRequest("SELECT", server.LocalNow);
        var execution = new Execution(session, tokens, new VariableScope(), null, cancel);
        try
        {
            await DispatchAsync(execution, message);
        }
        catch (OperationCanceledException)
        {
            // The interrupted statement's own end; the acknowledgement follows as a message of its own.
            tokens.ProcedureDepth = 0;
            tokens.Done(CurrentCommand.None, failed: true);
        }
        catch (SqlServerException failure)
        {
            tokens.ProcedureDepth = 0;
            BatchRunner.Tell(execution, failure);
        }
        catch (Exception defect) when (defect is not (IOException or SocketException or ObjectDisposedException))
        {
            // A defect of the double must be seen in the test that hit it, not as a silent hang-up.
            tokens.ProcedureDepth = 0;
            var text = $"Defect of the SQL Server double: {defect}";
            tokens.Message(new SqlMessage(50001, 1, 18, text[..Math.Min(4000, text.Length)]));
            tokens.Done(CurrentCommand.None, failed: true);
        }
        finally
        {
            session.Request = null;
            session.LastRequestEnd = server.LocalNow;
        }
        await tokens.EndAsync(closing.Token);
    }

    private async Task DispatchAsync(Execution execution, TdsMessage message)
    {
        switch (message.Type)
        {
            case PacketType.SqlBatch:
                var text = new TdsReader(message.Body).SkipAllHeaders().RestAsText();
                server.Record(text);
                await BatchRunner.RunAsync(execution, text);
                break;
            case PacketType.Rpc:
                await CallAsync(execution, RpcRequest.Read(message.Body));
                break;
            case PacketType.TransactionManager:
                Transact(execution, new TdsReader(message.Body).SkipAllHeaders().UInt16());
                break;
            default:
                throw SqlErrors.NotModelled($"a request of type {message.Type}");
        }
    }

    private async Task CallAsync(Execution execution, RpcRequest request)
    {
        if (request.Parameters is [{ Value: string text }, ..] && request.Procedure == "sp_executesql")
        {
            server.Record(text);
        }
        else
        {
            server.Record("EXEC " + request.Procedure);
        }
        var results = new VariableScope();
        var arguments = request
            .Parameters.Select(
                (parameter, i) =>
                {
                    var output = parameter.IsOutput ? $"@{i}" : null;
                    if (output is not null)
                    {
                        results.Declare(output, parameter.Type, null);
                    }
                    return new Argument(parameter.Name, parameter.Type, parameter.Value, output);
                }
            )
            .ToList();
        var names = request.Procedure.Split('.').Select(part => part.Trim('[', ']')).ToArray();
        await Procedures.CallAsync(execution, names.Length > 2 ? names[0] : null, names[^1], arguments, results);
        ReturnValues(request, results);
    }

    private void ReturnValues(RpcRequest request, VariableScope results)
    {
        for (var i = 0; i < request.Parameters.Count; i++)
        {
            if (request.Parameters[i].IsOutput && results.Find($"@{i}") is var (type, value))
            {
                tokens.ReturnValue(i, request.Parameters[i].Name, type, value);
            }
        }
    }

    private static void Transact(Execution execution, int request)
    {
        const int begin = 5,
            commit = 7,
            rollback = 8;
        switch (request)
        {
            case begin:
                Transactions.Begin(execution);
                break;
            case commit:
                Transactions.Commit(execution);
                break;
            case rollback:
                // A connection that is closed with its transaction open rolls back one that an error may have ended already.
                if (execution.Session.Transaction.IsOpen)
                {
                    Transactions.Rollback(execution);
                }
                break;
            default:
                throw SqlErrors.NotModelled($"transaction manager request {request}");
        }
    }
}
