using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;
using static NetGen.Training.Tests.Trainings;

namespace NetGen.Training.Tests;

/// <summary>
/// Whatever decides about the course of a training is compared when it is resumed. The settings are found by reflection, so one that is added
/// later must be decided about here.
/// </summary>
public sealed class ResumeSettingsTests : IDisposable
{
    private static readonly int[][] SomeOrder = [[0, 1, 2, 3], [3, 2, 1, 0]];

    private static readonly TrainerOptions<float> Options = new()
    {
        BatchSize = 16,
        Shards = 2,
        ValidationSplit = 0.3,
        EarlyStopping = new EarlyStopping { Patience = 5, MinDelta = 0.125 },
    };

    /// <summary>A change of every option, and the key that refuses it; null: it may change.</summary>
    private static readonly Dictionary<string, (Func<TrainerOptions<float>, TrainerOptions<float>> Change, string? Key)> Changes = new()
    {
        ["BatchSize"] = (options => options with { BatchSize = 8 }, "netgen.trainer.batch_size' in its metadata is '16', but the trainer has '8'"),
        ["Shuffle"] = (options => options with { Shuffle = false }, "netgen.trainer.order' in its metadata is 'shuffled', but the trainer has 'sequential'"),
        ["Seed"] = (options => options with { Seed = 3 }, "netgen.trainer.seed' in its metadata is '0', but the trainer has '3'"),
        ["ValidationSplit"] = (options => options with { ValidationSplit = 0.5 }, "netgen.trainer.validation_samples' in its metadata is '21', but the trainer has '35'"),
        ["EarlyStopping"] = (options => options with { EarlyStopping = null }, "netgen.trainer.early_stopping' in its metadata is 'loss', but the trainer has 'none'"),
        ["Shards"] = (options => options with { Shards = 3 }, "netgen.trainer.shards' in its metadata is '2', but the trainer has '3'"),
        ["Order"] = (options => options with { ValidationSplit = 0, EarlyStopping = null, Order = SomeOrder }, "netgen.trainer.validation_samples'"),
        ["ValidationData"] = (
            options => options with { ValidationSplit = 0, ValidationData = Dataset.Create(Network(), Inputs.AsMemory(0, 21 * 4), Labels.AsMemory(0, 21)) },
            "netgen.trainer.validation' in its metadata is 'split', but the trainer has 'data'"),
        ["Metric"] = (options => options with { Metric = Metrics.BinaryAccuracy }, null),
        ["Threads"] = (options => options with { Threads = 2 }, null),
    };

    private static readonly Dictionary<string, (Func<EarlyStopping, EarlyStopping> Change, string Message)> StoppingChanges = new()
    {
        ["Patience"] = (rule => rule with { Patience = 6 }, "early_stopping.patience' in its metadata is '5', but the trainer has '6'"),
        ["MinDelta"] = (rule => rule with { MinDelta = 0 }, "early_stopping.min_delta' in its metadata is '0.125', but the trainer has '0'"),
        ["MonitorMetric"] = (rule => rule with { MonitorMetric = true }, "early_stopping' in its metadata is 'loss', but the trainer has 'metric'"),
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_option_is_decided_about()
    {
        Assert.Equal(Settable(typeof(TrainerOptions<float>)), Changes.Keys.Order());
        Assert.Equal(Settable(typeof(EarlyStopping)), StoppingChanges.Keys.Order());
        foreach ((Func<TrainerOptions<float>, TrainerOptions<float>> change, string? message) in Changes.Values)
        {
            Save(Options);
            if (message is null)
            {
                Loads(change(Options));
            }
            else
            {
                Refused(change(Options), Adam(), message);
            }
        }

        foreach ((Func<EarlyStopping, EarlyStopping> change, string message) in StoppingChanges.Values)
        {
            Refused(Options with { EarlyStopping = change(Options.EarlyStopping!) }, Adam(), message);
        }
    }

    [Fact]
    public void An_order_of_the_callers_is_compared_sample_by_sample()
    {
        TrainerOptions<float> options = new() { Order = SomeOrder };
        Save(options);
        Refused(options with { Order = [[0, 1, 2, 3], [3, 2, 0, 1]] }, Adam(), "'netgen.trainer.order_hash'");
        Refused(options with { Order = [[0, 1, 2, 3, 3], [2, 1, 0]] }, Adam(), "'netgen.trainer.order_hash'");
        Loads(options with { Order = [.. SomeOrder.Select(epoch => epoch.ToArray())] });
    }

    /// <summary>Every parameter of every optimizer's constructor, changed one at a time.</summary>
    [Fact]
    public void Every_setting_of_every_optimizer_is_compared()
    {
        Type[] types = typeof(Optimizer<>).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && IsOptimizer(type)).ToArray();
        Assert.Equal(5, types.Length);
        foreach (Type type in types)
        {
            ConstructorInfo constructor = type.MakeGenericType(typeof(float)).GetConstructors().Single();
            ParameterInfo[] parameters = constructor.GetParameters();
            object?[] values = [.. parameters.Select(Usual)];
            Optimizer<float> Create(int changed, ParameterBuffer<float> of)
            {
                object?[] arguments = [.. values];
                arguments[0] = of;
                if (changed > 0)
                {
                    arguments[changed] = values[changed] is bool flag ? !flag : Other(values[changed]);
                }

                return (Optimizer<float>)constructor.Invoke(arguments);
            }

            IrisNet network = Network();
            using (Trainer<float> trainer = Trainer(network, Create(0, network.Parameters)))
            {
                trainer.Step();
                trainer.Save(File);
            }

            for (int parameter = 2; parameter < parameters.Length; parameter++)
            {
                int changed = parameter;
                Refused(new(), of => Create(changed, of), values[changed] is bool ? "" : $"but the trainer has '{Other(values[changed]):R}'");
            }
        }
    }

    [Fact]
    public void Clipping_and_schedule_are_compared()
    {
        Assert.Equal(
            ["ClipNorm", "ClipValue", "DecaysOnlyWeights", "LearningRate", "Schedule"],
            Settable(typeof(Optimizer<float>)).Where(name => name is not ("Parameters" or "StepCount")));
        Save(new(), of => new Adam<float>(of) { ClipNorm = 1, Schedule = new StepSchedule(3) });
        void Differs(Action<Adam<float>> change, string message) => Refused(
            new(),
            of =>
            {
                var adam = new Adam<float>(of) { ClipNorm = 1, Schedule = new StepSchedule(3) };
                change(adam);
                return adam;
            },
            message);
        Differs(adam => adam.ClipNorm = 2, "'netgen.optimizer.clip_norm' in its metadata is '1', but the trainer has '2'");
        Differs(adam => (adam.ClipNorm, adam.ClipValue) = (null, 1), "'netgen.optimizer.clip_norm' in its metadata is '1', but the trainer has 'none'");
        Differs(adam => adam.Schedule = LearningRateSchedule.Constant, "is 'step stepSize=3 gamma=0.1', but the trainer has 'constant'");
        Differs(adam => adam.Schedule = new StepSchedule(3, 0.2), "but the trainer has 'step stepSize=3 gamma=0.2'");
        Differs(adam => adam.Schedule = new Own(), "but the trainer has 'custom'");
        Differs(adam => adam.DecaysOnlyWeights = true, "'netgen.optimizer.decay_exempt' in its metadata is 'none', but the trainer has 'all but matrices'");
    }

    /// <summary>The settings of every schedule are in its description, which fits into a file.</summary>
    [Fact]
    public void Every_schedule_describes_its_settings()
    {
        Type[] types = typeof(LearningRateSchedule).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(LearningRateSchedule))).ToArray();
        Assert.NotEmpty(types);
        foreach (Type type in types)
        {
            ConstructorInfo constructor = type.GetConstructors().Single();
            object[] arguments = [.. constructor.GetParameters().Select(Longest)];
            string description = ((LearningRateSchedule)constructor.Invoke(arguments)).Description;
            Assert.InRange(description.Length, 1, 100);
            Assert.All(
                constructor.GetParameters(),
                (parameter, index) => Assert.Contains(FormattableString.Invariant($"{parameter.Name}={arguments[index]}"), description, StringComparison.Ordinal));
        }

        static object Longest(ParameterInfo parameter) => parameter.ParameterType == typeof(double) ? (object)0.10000000000000003
            : parameter.ParameterType == typeof(int) ? (object)int.MaxValue
            : parameter.Position == 0 ? (object)long.MaxValue
            : (object)(long.MaxValue - 1);
    }

    /// <summary>Of the optimizer alone, without a trainer, in both directions.</summary>
    [Fact]
    public void A_state_is_neither_dropped_nor_made_up()
    {
        (Func<ParameterBuffer<float>, Optimizer<float>> More, Func<ParameterBuffer<float>, Optimizer<float>> Less, string State)[] pairs =
        [
            (of => new Sgd<float>(of, 0.1, momentum: 0.9), of => new Sgd<float>(of, 0.1), "momentum_buffer"),
            (of => new Adam<float>(of, amsgrad: true), of => new Adam<float>(of), "max_exp_avg_sq"),
            (of => new RmsProp<float>(of, centered: true), of => new RmsProp<float>(of), "grad_avg"),
            (of => new RmsProp<float>(of, momentum: 0.9), of => new RmsProp<float>(of), "momentum_buffer"),
        ];
        foreach ((Func<ParameterBuffer<float>, Optimizer<float>> more, Func<ParameterBuffer<float>, Optimizer<float>> less, string state) in pairs)
        {
            foreach ((Func<ParameterBuffer<float>, Optimizer<float>> from, Func<ParameterBuffer<float>, Optimizer<float>> to) in new[] { (more, less), (less, more) })
            {
                IrisNet saved = Network();
                Checkpoint.Save(File, saved, from(saved.Parameters));
                IrisNet network = Network(2);
                float[] before = network.Parameters.Canonical();
                InvalidDataException error = Assert.Throws<InvalidDataException>(() => Checkpoint.Load(File, network, to(network.Parameters)));
                Assert.Contains($"layers.0.weight.{state}'", error.Message);
                Assert.Equal(before, network.Parameters.Canonical());
            }
        }
    }

    [Fact]
    public void Groups_are_compared()
    {
        Save(new(), Grouped(0.5, 0.125));
        Refused(new(), Adam(), "'netgen.optimizer.groups' in its metadata is '1', but the trainer has 'none'");
        Refused(new(), Grouped(0.25, 0.125), "'netgen.optimizer.group.layers.1' in its metadata is 'rate=0.5 weight_decay=0.125', but the trainer has 'rate=0.25 weight_decay=0.125'");
        Refused(new(), Grouped(0.5, null), "but the trainer has 'rate=0.5 weight_decay=default'");
        Refused(new(), Grouped(0.5, 0.125, "layers.0"), "its metadata has no 'netgen.optimizer.group.layers.0', which stands for 'none', but the trainer has 'rate=0.5 weight_decay=0.125'");
        IrisNet network = Network(2);
        using Trainer<float> trainer = Trainer(network, Grouped(0.5, 0.125)(network.Parameters));
        trainer.Load(File);

        // Of the time before there were groups.
        Save(new());
        Edit(header => Regex.Replace(header, "\"netgen\\.optimizer\\.(groups|decay_exempt)\":\"[^\"]*\",?", "").Replace(",}", "}"));
        Loads(new());
        Refused(new(), Grouped(0.5, null), "its metadata has no 'netgen.optimizer.group.layers.1'");
        Refused(new(), of => new Adam<float>(of, 0.01) { DecaysOnlyWeights = true }, "its metadata has no 'netgen.optimizer.decay_exempt'");

        static Func<ParameterBuffer<float>, Optimizer<float>> Grouped(double rate, double? decay, string layer = "layers.1") => of =>
        {
            var adam = new Adam<float>(of, 0.01);
            adam.Group(layer, rate, decay);
            return adam;
        };
    }

    /// <summary>A file as it was written before most settings were compared.</summary>
    [Fact]
    public void Older_files_load()
    {
        foreach (TrainerOptions<float> options in new[] { Options, Options with { EarlyStopping = null }, new() { Order = SomeOrder } })
        {
            Save(options);
            Edit(header => Regex.Replace(
                header, "\"netgen\\.(optimizer\\.\\w+|trainer\\.(order_hash|validation|early_stopping(\\.\\w+)?))\":\"[^\"]*\",?", "").Replace(",}", "}"));
            Loads(options);
        }

        Save(Options);
        Edit(header => Regex.Replace(header, "\"netgen\\.trainer\\.early_stopping(\\.\\w+)?\":\"[^\"]*\",?", "").Replace(",}", "}"));
        Refused(Options with { EarlyStopping = null }, Adam(), "it was saved with early stopping, but the trainer has none");
    }

    /// <summary>What loads can be saved again after more steps, and that file loads too.</summary>
    [Theory]
    [InlineData("netgen.step", "9007199254740993", "is 9007199254740993, expected 9007199254740992 at most")]
    [InlineData("netgen.step", "4611686018427387904", "expected 9007199254740992 at most")]
    [InlineData("netgen.step", "9007199254740992", null)]
    [InlineData("netgen.step", "9007199254740991", null)]
    [InlineData("netgen.trainer.epoch", "2147483647", "expected 2147483646 at most")]
    [InlineData("netgen.trainer.epoch", "2147483646", "expected 0 at most")]
    [InlineData("netgen.trainer.epoch", "2147483645", null)]
    [InlineData("netgen.trainer.epochs_since_best", "2147483648", "expected 2147483647 at most")]
    [InlineData("netgen.trainer.epochs_since_best", "2147483647", null)]
    [InlineData("netgen.trainer.loss_sum", "1E+100", "expected the sum of the losses of 16 samples")]
    [InlineData("netgen.trainer.loss_sum", "1E+39", null)]
    [InlineData("netgen.learning_rate", "1E+19", "expected a number from 0 to")]
    [InlineData("netgen.learning_rate", "1E+18", null)]
    public void Numbers_have_their_limits_where_they_are_read(string key, string value, string? message)
    {
        Save(Options, steps: key == "netgen.trainer.epochs_since_best" ? 4 : 1);
        Edit(header => Regex.Replace(header, $"\"{Regex.Escape(key)}\":\"[^\"]*\"", $"\"{key}\":\"{value}\""));
        if (message is not null)
        {
            Refused(Options, Adam(), message);
            return;
        }

        using Trainer<float> trainer = Trainings.Trainer(Network(), Options);
        trainer.Load(File);
        for (int step = 0; step < 5; step++)
        {
            try
            {
                trainer.Step();
            }
            catch (Exception exception) when (exception is InvalidOperationException or NonFiniteLossException)
            {
                // It says that there is no further step, or that the rate is too high; what was trained up to here can be saved.
            }

            trainer.Save(File);
            using Trainer<float> other = Trainings.Trainer(Network(2), Options);
            other.Load(File);
            Assert.Equal(trainer.Epoch, other.Epoch);
        }
    }

    private string File => _folder["training"];

    private static Func<ParameterBuffer<float>, Optimizer<float>> Adam() => of => new Adam<float>(of, 0.01);

    private static IEnumerable<string> Settable(Type type) => type.GetProperties().Where(property => property.SetMethod is not null)
        .Select(property => property.Name).Order();

    private static bool IsOptimizer(Type type) => type.BaseType is { } parent
        && (parent.IsGenericType && parent.GetGenericTypeDefinition() == typeof(Optimizer<>) || IsOptimizer(parent));

    private static double Other(object? value) => value is 0.0 ? 0.25 : (double)value! / 2;

    /// <summary>A value with which every other setting counts.</summary>
    private static object? Usual(ParameterInfo parameter) => parameter.Name switch
    {
        "parameters" => null,
        "learningRate" => 0.01,
        "momentum" => 0.5,
        "weightDecay" => 0.125,
        "learningRateDecay" => 0.125,
        _ => parameter.DefaultValue,
    };

    private static Trainer<float> Trainer(IrisNet network, Optimizer<float> optimizer, TrainerOptions<float>? options = null) =>
        new(network, optimizer, Dataset.Create(network, Inputs, Labels), options);

    private void Save(TrainerOptions<float> options, Func<ParameterBuffer<float>, Optimizer<float>>? optimizer = null, int steps = 1)
    {
        IrisNet network = Network();
        using Trainer<float> trainer = Trainer(network, (optimizer ?? Adam())(network.Parameters), options);
        for (int step = 0; step < steps; step++)
        {
            trainer.Step();
        }

        trainer.Save(File);
    }

    private void Loads(TrainerOptions<float> options)
    {
        IrisNet saved = Network(3);
        Checkpoint.Load(File, saved);
        IrisNet network = Network(2);
        using Trainer<float> trainer = Trainer(network, Adam()(network.Parameters), options);
        trainer.Load(File);
        Assert.Equal(saved.Parameters.Canonical(), network.Parameters.Canonical());
    }

    private void Refused(TrainerOptions<float> options, Func<ParameterBuffer<float>, Optimizer<float>> optimizer, string message)
    {
        IrisNet network = Network(2);
        using Trainer<float> trainer = Trainer(network, optimizer(network.Parameters), options);
        float[] before = network.Parameters.Canonical();
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => trainer.Load(File));
        Assert.Contains(message, error.Message);
        Assert.Equal(before, network.Parameters.Canonical());
        Assert.Equal(0, trainer.Epoch);
    }

    private void Edit(Func<string, string> edit)
    {
        byte[] bytes = System.IO.File.ReadAllBytes(File);
        int length = (int)BitConverter.ToInt64(bytes);
        byte[] header = Encoding.UTF8.GetBytes(edit(Encoding.UTF8.GetString(bytes, 8, length)).TrimEnd());
        System.IO.File.WriteAllBytes(File, [.. BitConverter.GetBytes((long)header.Length), .. header, .. bytes[(8 + length)..]]);
    }

    private sealed class Own : LearningRateSchedule
    {
        public override double Factor(long step) => 1;
    }
}
