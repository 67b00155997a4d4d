' A network of a C# library, trained there and used here.
Module Program
    Sub Main()
        Dim brain As New [Shared].Brain()
        brain.Initialize(1UL)
        System.Console.Write(If([Shared].Brain.ParameterCount = brain.Parameters.Layout.ParameterCount, "", "! "))
        System.Console.WriteLine([Shared].Workout.Run())
    End Sub
End Module
