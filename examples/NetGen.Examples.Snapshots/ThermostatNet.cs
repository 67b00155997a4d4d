namespace NetGen.Examples.Snapshots;

/// <summary>How far to open a valve, from the temperature and the wish.</summary>
[Network(2)]
[Dense(1, Activation.HardSigmoid)]
public sealed partial class ThermostatNet { }
