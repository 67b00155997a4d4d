using System;
using System.Runtime.InteropServices;

namespace NetGen.Training.Child;

/// <summary>Runs one of the commands that tests start.</summary>
public static class Program
{
    private const int FileSize = 1;

    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["save", string path]:
                SaveForever(path);
                return 0;
            case ["once", string path]:
                Checkpoint.Save(path, CreateUniform(1));
                return 0;
            case ["limit", string path]:
                _ = SetLimit(FileSize, [100, 100]);
                SaveAndReport(path);
                return 0;
            case ["report", string path]:
                SaveAndReport(path);
                return 0;
            case ["train", string threads]:
                Console.WriteLine(Workout.Run(int.Parse(threads)));
                return 0;
            case ["frame", string network, string prepared]:
                FirstFrame.Run(network, prepared == "prepared");
                return 0;
            case ["training", string network, string optimizers, string manner, string prepared]:
                TrainingFrame.Run(network, optimizers, manner, prepared == "prepared");
                return 0;
            case ["allocate", string threads]:
                Console.WriteLine(Workout.CountBytes(int.Parse(threads)));
                return 0;
            default:
                Console.Error.WriteLine(
                    "Expected: save PATH | once PATH | limit PATH | report PATH | train THREADS | allocate THREADS | frame NETWORK prepared|cold | "
                    + "training NETWORK OPTIMIZERS MANNER prepared|cold");
                return 2;
        }
    }

    /// <summary>A network whose parameters all have one value, so that a mixture of two files would show.</summary>
    public static Brain CreateUniform(float value)
    {
        var brain = new Brain();
        var values = new float[Brain.ParameterCount];
        Array.Fill(values, value);
        brain.Parameters.CopyFrom(values);
        return brain;
    }

    /// <summary>Saves, and prints the error if there is one.</summary>
    private static void SaveAndReport(string path)
    {
        try
        {
            Checkpoint.Save(path, CreateUniform(1));
        }
        catch (Exception exception)
        {
            Console.WriteLine($"{exception.GetType()}: {exception.Message}");
        }
    }

    [DllImport("libc", EntryPoint = "setrlimit")]
    private static extern int SetLimit(int resource, ulong[] limits);

    /// <summary>Saves one version after another and prints the number of each that is saved.</summary>
    private static void SaveForever(string path)
    {
        for (int version = 1; ; version++)
        {
            Brain brain = CreateUniform(version);
            var optimizer = new Adam<float>(brain.Parameters);
            Checkpoint.Save(path, brain, optimizer);
            Console.WriteLine(version);
        }
    }
}
