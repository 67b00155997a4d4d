using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace NetGen.Benchmarks.Training;

/// <summary>A Python process with PyTorch. It answers one request at a time and sleeps meanwhile, so its rounds and those of this process alternate.</summary>
internal sealed class PyTorch : IDisposable
{
    private const string Script = "pytorch_training.py";

    private readonly Process _process;

    private PyTorch(Process process, JsonElement greeting)
    {
        _process = process;
        Description = $"{greeting.GetProperty("version").GetString()}, {greeting.GetProperty("blas").GetString()}, one thread";
    }

    /// <summary>Version and matrix library.</summary>
    public string Description { get; }

    /// <summary>Starts a Python.</summary>
    /// <param name="python">The program.</param>
    /// <param name="complaint">Why it cannot be used, with its name; empty if it can.</param>
    /// <returns>The process, or null.</returns>
    public static PyTorch? Start(string python, out string complaint)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Training", Script);
        var start = new ProcessStartInfo(python, [script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            var process = Process.Start(start)!;
            if (process.StandardOutput.ReadLine() is { } greeting)
            {
                complaint = "";

                // Warnings of PyTorch would fill the pipe, and it would wait for ever.
                process.ErrorDataReceived += (_, _) => { };
                process.BeginErrorReadLine();
                return new PyTorch(process, JsonDocument.Parse(greeting).RootElement);
            }

            complaint = Complaint(python, process.StandardError.ReadToEnd().Trim().Split('\n')[^1]);
            process.Dispose();
            return null;
        }
        catch (Win32Exception exception)
        {
            complaint = Complaint(python, exception.Message);
            return null;
        }
    }

    /// <summary>Hands over a network with its samples; what was trained before is forgotten.</summary>
    public void Load(TrainingSubject subject)
    {
        string file = Path.GetTempFileName();
        try
        {
            using (FileStream stream = File.Create(file))
            {
                stream.Write(MemoryMarshal.AsBytes<float>(subject.Inputs));
                stream.Write(MemoryMarshal.AsBytes<float>(subject.Targets));
                stream.Write(MemoryMarshal.AsBytes<float>(subject.Parameters()));
                foreach (int[] order in subject.Orders)
                {
                    stream.Write(MemoryMarshal.AsBytes<int>(order));
                }
            }

            Ask(new
            {
                command = "load",
                file,
                sizes = subject.Topology.Sizes,
                activations = subject.Topology.Activations.Select(activation => activation.ToString()),
                loss = subject.Topology.Loss.ToString(),
                count = subject.Count,
                epochs = subject.Orders.Count,
                length = subject.Orders[0].Length,
            });
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Sends a request and waits for the answer.</summary>
    /// <exception cref="InvalidOperationException">Python has ended.</exception>
    public JsonElement Ask(object request)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() is { } answer
            ? JsonDocument.Parse(answer).RootElement
            : throw new InvalidOperationException("Python ended in the middle of a training.");
    }

    public void Dispose()
    {
        // It ends with its input.
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Complaint(string python, string reason) => $"'{python}' has no PyTorch: {reason}";
}
