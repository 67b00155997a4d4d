// A network of a C# library, trained there and used here.
let brain = Shared.Brain()
brain.Initialize 1UL
printf "%s" (if Shared.Brain.ParameterCount = brain.Parameters.Layout.ParameterCount then "" else "! ")
printfn "%s" (Shared.Workout.Run())
