using NetGen;

namespace OldFramework
{
    [Network(2)]
    [Dense(1, Activation.Sigmoid)]
    internal sealed partial class Brain { }
}
