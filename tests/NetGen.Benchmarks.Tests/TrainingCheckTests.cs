using System.Linq;
using NetGen.Benchmarks.Contestants;
using NetGen.Benchmarks.Training;
using Xunit;

namespace NetGen.Benchmarks.Tests;

/// <summary>Trainings that arrive at the same parameters are right, and others are wrong.</summary>
public sealed class TrainingCheckTests
{
    [Theory]
    [InlineData("iris", 1)]
    [InlineData("iris", 32)]
    [InlineData("digits", 32)]
    [InlineData("digits", 256)]
    [InlineData("sb3", 256)]
    public void The_trainer_arrives_where_the_naive_loops_do(string network, int batch)
    {
        TrainingSubject subject = TrainingSubject.Create(network);
        TrainingContestant[] contestants =
        [
            new NetGenTraining(Roster.Strict, subject, subject.Subject.CreateStrict(), threads: 1),
            new NetGenTraining(TrainingComparison.TwoThreads, subject, subject.Subject.CreateStrict(), threads: 2),
            new NetGenTraining(Roster.Fused, subject, subject.Subject.CreateFused(), threads: 1),
            new CarelessTraining(subject),
        ];
        TrainingCell[] cells = TrainingComparison.Check(subject, batch, contestants);
        Assert.All(cells[..3], cell => Assert.False(cell.IsWrong, $"{cell.Contestant}: {cell.Error}"));
        Assert.True(cells[3].IsWrong);
        Assert.InRange(cells[3].Error, 2 * TrainingCell.Tolerance, 0.1);
        Assert.True((cells[0] with { Error = double.NaN }).IsWrong);
        Assert.Equal(contestants[0].Parameters(), contestants[1].Parameters());
        foreach (TrainingContestant contestant in contestants)
        {
            contestant.Dispose();
        }
    }

    [Fact]
    public void Data_are_what_they_claim()
    {
        Assert.Equal([150, 1797, 1024, 1024], TrainingSubject.Names.Select(name => TrainingSubject.Create(name).Count));
        TrainingSubject digits = TrainingSubject.Create("digits");
        Assert.All(digits.Orders, order => Assert.Equal(Enumerable.Range(0, digits.Count), order.Order()));
        Assert.Equal(1, digits.Inputs.Max());
        Assert.Equal(digits.Count, digits.Targets.Sum());
    }

    /// <summary>A hundredth too fast.</summary>
    private sealed class CarelessTraining(TrainingSubject subject) : TrainingContestant("careless", Group.Naive)
    {
        private readonly NaiveTraining _training = new("", subject);

        public override void Start(int batch, float learningRate) => _training.Start(batch, learningRate * 1.01f);

        public override long Train(long epochs) => _training.Train(epochs);

        public override float[] Parameters() => _training.Parameters();
    }
}
