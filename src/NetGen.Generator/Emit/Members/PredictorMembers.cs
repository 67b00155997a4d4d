using NetGen.Generator.Model;

namespace NetGen.Generator.Emit;

/// <summary>Writes what a network that only computes outputs has in place of parameters to change, gradients and training.</summary>
internal sealed class PredictorMembers
{
    private readonly EmitContext _context;
    private readonly SourceWriter _writer;

    public PredictorMembers(EmitContext context)
    {
        _context = context;
        _writer = context.Writer;
    }

    public void Write()
    {
        NetworkSpec spec = _context.Plan.Spec;
        if (spec.CanBeShared)
        {
            Documentation.Write(_context, "One for all who need no other: it has no state, and any number of threads may use it.");
            _writer.Line($"public static {spec.Type.Name} Shared => {_context.Computed($"{WeightsFile.Class}.{WeightsFile.Instance}")};");
        }

        Documentation.Write(_context, "Where the parameters lie in a buffer.");
        _writer.Line($"public static global::NetGen.ParameterLayout {NetworkMember.Layout} => {_context.Computed($"{_context.KernelsName}.{NetworkMember.Layout}")};");
        Documentation.WriteInherited(_context, "Copies the parameters, in the order of the layers, as files have them.");
        _context.WriteExpression("public void CopyParametersTo", _context.Computed("Parameters.CopyTo(values)"), _context.Result("values"));
        if (spec.Target.Contract != Contract.None)
        {
            Documentation.Write(_context, "Has the JIT compile all members now, so that the first frame of a game need not wait for it.");
            _context.WritePublic("void Prepare", isKernel: false, () =>
            {
                _writer.Line($"global::NetGen.Preparation.Run(this, InputCount, OutputCount);");
                new NamedForms(_context).WritePreparation("this");
            });
        }

        _writer.Line();
        Documentation.WriteGeneratedCode(_writer);
        _writer.Line($"private static {_context.Buffer} Parameters => {_context.Computed($"{WeightsFile.Class}.{WeightsFile.Buffer}")};");
    }
}
