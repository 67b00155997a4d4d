using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using Xunit;
using static NetGen.Training.Tests.Values;

namespace NetGen.Training.Tests;

/// <summary>No optimizer leaves anything among the subnormal numbers, nor computes with any on the way: the processor's own flags say so.</summary>
public sealed partial class SubnormalStateTests
{
    private const int DenormalOperand = 0x02;
    private const int Underflow = 0x10;

    public static TheoryData<string> Names => [.. Optimizers<float>().Keys];

    /// <summary>Once nothing comes in any more, as for a unit that is dead.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void What_decays_becomes_zero(string name)
    {
        Decay(new SmallSingle(), Optimizers<float>()[name], 1.2e-38);
        Decay(new SmallDouble(), Optimizers<double>()[name], 2.3e-308);
    }

    [X64LinuxTheory]
    [MemberData(nameof(Names))]
    public void No_step_meets_a_subnormal_number(string name)
    {
        foreach (double size in new[] { 1.0, 1e-6, 1e-15, 1e-17, 1e-20, 1e-28, 1e-30, 1e-33, 1e-37, 1e-44 })
        {
            var network = new SmallSingle();
            network.Initialize(3);
            Optimizer<float> optimizer = Optimizers<float>()[name](network.Parameters);
            ParameterBuffer<float> gradient = RandomBuffer(SmallSingle.Layout, 4);

            // A gradient that comes in subnormal is looked at, and then it is 0.
            int unwanted = size < 1e-33 ? Underflow : Underflow | DenormalOperand;
            for (int i = 0; i < gradient.Length; i++)
            {
                gradient.AsSpan()[i] = (float)(gradient.AsSpan()[i] * size);
            }

            // The compiler would leave flags too.
            optimizer.Step(gradient);
            optimizer.Step(gradient);
            optimizer.Reset();
            int flags = Flags(() =>
            {
                // Long enough for a momentum of 0.9 to pass all numbers of the type, and for 0.9ᵗ to pass those of double.
                for (int step = 0; step < 3000; step++)
                {
                    if (step == 20)
                    {
                        gradient.Clear();
                        optimizer.StepCount = 5000;
                    }

                    optimizer.Step(gradient);
                }
            });
            Assert.Equal((size, 0), (size, flags & unwanted));
        }
    }

    /// <summary>The test would see them.</summary>
    [X64LinuxFact]
    public void The_flags_are_read()
    {
        float[] values = [1e-20f, 1e-40f, 1];
        Assert.Equal(Underflow, Flags(() => values[2] = values[0] * values[0]));
        Assert.Equal(DenormalOperand, Flags(() => values[2] = values[1] + 1));
        Assert.Equal(0, Flags(() => values[2] = values[0] * 1e-10f));
    }

    /// <summary>The samples are told apart soon, and a unit dies.</summary>
    [X64LinuxTheory]
    [MemberData(nameof(Names))]
    public void No_step_of_a_training_meets_a_subnormal_number(string name)
    {
        var network = new DigitsSingle();
        network.Initialize(1);

        Optimizer<float> optimizer = Optimizers<float>()[name](network.Parameters);
        ParameterBuffer<float> gradient = network.CreateGradient();
        var random = new Random(5);
        float[] inputs = Enumerable.Range(0, 16 * 64).Select(_ => (float)random.NextDouble()).ToArray();
        int[] labels = Enumerable.Range(0, 16).Select(sample => sample % 10).ToArray();
        int flags = 0;
        for (int step = 0; step < 1500; step++)
        {
            if (step == 20)
            {
                // The first unit dies: its gradient is 0 from here on.
                network.Parameters.Bias(0, 0) = -100;
            }

            gradient.Clear();
            network.BackwardBatch(inputs, labels, gradient);
            flags |= Flags(() => optimizer.Step(gradient));
        }

        Assert.Equal(0, flags & Underflow);
    }

    /// <summary>Where ε is so small that the root of such a square counts, the square stays.</summary>
    [Fact]
    public void Squares_stay_where_epsilon_is_smaller_still()
    {
        foreach ((double epsilon, bool stays) in new[] { (1e-12, false), (1e-13, true) })
        {
            var network = new Line();
            network.Initialize(1);
            var optimizer = new Adam<float>(network.Parameters, epsilon: epsilon);
            optimizer.States[1].Buffer.Bias(0, 0) = 1e-36f;
            optimizer.Step(network.CreateGradient());
            Assert.Equal(stays, optimizer.States[1].Buffer.Bias(0, 0) > 0);
        }
    }

    /// <summary>Parameters are the user's: only those that decay become 0.</summary>
    [Fact]
    public void Parameters_stay_unless_they_decay()
    {
        foreach (double decay in new[] { 0, 0.01 })
        {
            foreach (Func<ParameterBuffer<float>, Optimizer<float>> create in new Func<ParameterBuffer<float>, Optimizer<float>>[]
            {
                parameters => new Sgd<float>(parameters, 0.1, weightDecay: decay),
                parameters => new Sgd<float>(parameters, 0.1, momentum: 0.9, weightDecay: decay),
                parameters => new Adam<float>(parameters, weightDecay: decay, epsilon: 1),
                parameters => new AdamW<float>(parameters, weightDecay: decay),
                parameters => new RmsProp<float>(parameters, weightDecay: decay, epsilon: 1),
                parameters => new Adagrad<float>(parameters, weightDecay: decay, epsilon: 1),
            })
            {
                var network = new Line();
                network.Parameters.Bias(0, 0) = 9e-31f;
                create(network.Parameters).Step(network.CreateGradient());
                Assert.Equal(decay > 0 ? 0 : 9e-31f, network.Parameters.Bias(0, 0));
            }
        }
    }

    private static void Decay<T>(ITrainable<T> network, Func<ParameterBuffer<T>, Optimizer<T>> create, double smallestNormal)
        where T : unmanaged
    {
        network.Initialize(3);
        Optimizer<T> optimizer = create(network.Parameters);
        ParameterBuffer<T> gradient = new(network.Parameters.Layout);
        gradient.Initialize(4);
        for (int step = 0; step < 20; step++)
        {
            optimizer.Step(gradient);
        }

        gradient.Clear();
        for (int step = 0; step < 9000; step++)
        {
            optimizer.Step(gradient);
        }

        foreach (ParameterBuffer<T> buffer in optimizer.States.Select(state => state.Buffer).Append(network.Parameters))
        {
            foreach (T element in buffer.AsSpan())
            {
                double size = Math.Abs(Convert.ToDouble(element, null));
                Assert.True(size == 0 || size >= smallestNormal, $"{size} is subnormal.");
            }
        }
    }

    /// <summary>Everything decays fast here, squares too.</summary>
    private static Dictionary<string, Func<ParameterBuffer<T>, Optimizer<T>>> Optimizers<T>()
        where T : unmanaged => new()
        {
            ["sgd"] = parameters => new Sgd<T>(parameters, 0.1),
            ["sgd, decay"] = parameters => new Sgd<T>(parameters, 0.5, weightDecay: 0.5),
            ["momentum"] = parameters => new Sgd<T>(parameters, 0.1, momentum: 0.9),
            ["momentum, decay"] = parameters => new Sgd<T>(parameters, 0.5, momentum: 0.5, dampening: 0.1, weightDecay: 0.5),
            ["nesterov"] = parameters => new Sgd<T>(parameters, 0.1, momentum: 0.9, nesterov: true),
            ["adam"] = parameters => new Adam<T>(parameters, 0.01, beta2: 0.9),
            ["adam, decay"] = parameters => new Adam<T>(parameters, 0.01, beta2: 0.9, weightDecay: 0.01),
            ["adam as it is"] = parameters => new Adam<T>(parameters),
            ["amsgrad"] = parameters => new Adam<T>(parameters, 0.01, beta2: 0.9, amsgrad: true),
            ["adamw"] = parameters => new AdamW<T>(parameters, 0.5, beta2: 0.9, weightDecay: 0.5),
            ["rmsprop"] = parameters => new RmsProp<T>(parameters, alpha: 0.9),
            ["rmsprop, momentum"] = parameters => new RmsProp<T>(parameters, alpha: 0.9, momentum: 0.9),
            ["rmsprop, centered"] = parameters => new RmsProp<T>(parameters, alpha: 0.9, centered: true),
            ["rmsprop, both"] = parameters => new RmsProp<T>(parameters, alpha: 0.9, momentum: 0.9, centered: true),
            ["adagrad"] = parameters => new Adagrad<T>(parameters),
        };

    /// <summary>What the processor noticed on this thread since the call began.</summary>
    private static unsafe int Flags(Action action)
    {
        // glibc's fetestexcept does not tell of subnormal operands; the control register of vectors is the last of the 32 bytes of fenv_t.
        byte* environment = stackalloc byte[32];
        uint* register = (uint*)(environment + 28);
        Assert.Equal(0, GetEnvironment(environment));
        *register &= ~0x3Fu;
        Assert.Equal(0, SetEnvironment(environment));
        action();
        Assert.Equal(0, GetEnvironment(environment));
        return (int)*register & (Underflow | DenormalOperand);
    }

    [LibraryImport("libm.so.6", EntryPoint = "fegetenv")]
    private static unsafe partial int GetEnvironment(byte* environment);

    [LibraryImport("libm.so.6", EntryPoint = "fesetenv")]
    private static unsafe partial int SetEnvironment(byte* environment);

    private static string? Missing =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64 && NativeLibrary.TryLoad("libm.so.6", out _)
            ? null
            : "Needs glibc on x64, whose calls read the flags of the processor.";

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class X64LinuxFactAttribute : FactAttribute
    {
        public X64LinuxFactAttribute()
        {
            Skip = Missing;
        }
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class X64LinuxTheoryAttribute : TheoryAttribute
    {
        public X64LinuxTheoryAttribute()
        {
            Skip = Missing;
        }
    }
}
