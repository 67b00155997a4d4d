namespace NetGen.Benchmarks.Standard;

/// <summary>The output of one sample.</summary>
public class ForwardBenchmarks() : NetworkBenchmarks("throughput");

/// <summary>The outputs of 256 samples.</summary>
public class ForwardBatchBenchmarks() : NetworkBenchmarks("forward256");

/// <summary>The gradient of one sample.</summary>
public class GradientBenchmarks() : NetworkBenchmarks("gradient1");

/// <summary>The mean gradient of 256 samples.</summary>
public class GradientBatchBenchmarks() : NetworkBenchmarks("gradient256");

/// <summary>One step of gradient descent with one sample.</summary>
public class StepBenchmarks() : NetworkBenchmarks("step1");

/// <summary>One step of gradient descent with 256 samples.</summary>
public class StepBatchBenchmarks() : NetworkBenchmarks("step256");
