namespace NetGen.Models.Tests;

/// <summary>What the file <c>policy_4_64_64_2.onnx</c> amounts to.</summary>
[Network(4)]
[Dense(64, Activation.Tanh)]
[Dense(64, Activation.Tanh)]
[Dense(2)]
public sealed partial class ListedPolicy
{
}

/// <summary>The same with other sizes, no bias, and a normalisation in the place of the last layer.</summary>
[Network(5)]
[Dense(64, Activation.Tanh)]
[Dense(64, Activation.Tanh, UseBias = false)]
[LayerNorm]
public sealed partial class OtherPolicy
{
}

/// <summary>What the file <c>policy_actor_critic.onnx</c> amounts to, with the names of the file, and the critic first.</summary>
[Network(Precision = Precision.Double)]
public sealed partial class NamedActorCritic
{
    static void Wire(Wiring w)
    {
        Signal x = w.Input("Observation", 4);
        w.Output("Value", x.Dense(64, Activation.Tanh, name: "mlp_extractor.value_net.0").Dense(64, Activation.Tanh, name: "mlp_extractor.value_net.2").Dense(1, name: "value_net"));
        w.Output("Action", x.Dense(64, Activation.Tanh, name: "mlp_extractor.policy_net.0").Dense(64, Activation.Tanh, name: "mlp_extractor.policy_net.2").Dense(2, name: "action_net"));
    }
}

/// <summary>The same without names.</summary>
[Network]
public sealed partial class UnnamedActorCritic
{
    static void Wire(Wiring w)
    {
        Signal x = w.Input("Observation", 4);
        w.Output("Value", x.Dense(64, Activation.Tanh).Dense(64, Activation.Tanh).Dense(1));
        w.Output("Action", x.Dense(64, Activation.Tanh).Dense(64, Activation.Tanh).Dense(2));
    }
}

/// <summary>A trunk with two heads of other sizes, the second of the file first, and without names.</summary>
[Network]
public sealed partial class TwoHeads
{
    static void Wire(Wiring w)
    {
        Signal h = w.Input("X", 2).Dense(3, Activation.Relu);
        w.Output("B", h.Dense(1));
        w.Output("A", h.Dense(2));
    }
}

/// <summary>A network of the sizes of the files <c>iris</c>.</summary>
[Network(4)]
[Dense(16, Activation.Tanh)]
[Dense(3)]
public sealed partial class ListedIris
{
}

/// <summary>The policy of <c>policy_sb3.safetensors</c> alone, in double precision, with the names of the file.</summary>
[Network(Precision = Precision.Double)]
public sealed partial class NamedActor
{
    static void Wire(Wiring w) => w.Output("Action", w.Input("Observation", 4)
        .Dense(64, Activation.Tanh, name: "mlp_extractor.policy_net.0").Dense(64, Activation.Tanh, name: "mlp_extractor.policy_net.2").Dense(2, name: "action_net"));
}

/// <summary>A network whose weights a file of tensors brings when it is compiled, by the names of the file and in another order than that has.</summary>
[Model("policy_sb3.safetensors")]
[Network]
public sealed partial class StoredActorCritic
{
    static void Wire(Wiring w)
    {
        Signal x = w.Input("Observation", 4);
        w.Output("Value", x.Dense(64, Activation.Tanh, name: "mlp_extractor.value_net.0").Dense(64, Activation.Tanh, name: "mlp_extractor.value_net.2").Dense(1, name: "value_net"));
        w.Output("Action", x.Dense(64, Activation.Tanh, name: "mlp_extractor.policy_net.0").Dense(64, Activation.Tanh, name: "mlp_extractor.policy_net.2").Dense(2, name: "action_net"));
    }
}

/// <summary>One layer.</summary>
[Network(4)]
[Dense(3)]
public sealed partial class ThreeUnits
{
}

/// <summary>A layer and a shortcut of the same shape.</summary>
[Network]
public sealed partial class Shortcut
{
    static void Wire(Wiring w)
    {
        Signal x = w.Input("X", 3);
        w.Output("Y", x.Dense(3, Activation.Tanh) + x.Dense(3));
    }
}

/// <summary>The same shapes one after another.</summary>
[Network(3)]
[Dense(3, Activation.Tanh)]
[Dense(3)]
public sealed partial class Line
{
}
