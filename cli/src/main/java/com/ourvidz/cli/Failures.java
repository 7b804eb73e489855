package com.ourvidz.cli;

import com.ourvidz.core.Rejection;
import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.sdxl.NotFiniteException;
import com.ourvidz.diffusion.tensor.DeviceException;
import com.ourvidz.diffusion.tensor.OutOfMemoryException;
import com.ourvidz.server.SettingsException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says in a sentence on standard error why a command ended, and gives the exit code for it. Users never see a stack trace. */
final class Failures {

    private Failures() {}

    static int usage(ParameterException e, String[] args) {
        var command = e.getCommandLine().getCommandSpec().qualifiedName();
        System.err.println(e.getMessage() + ". See '" + command + " --help'.");
        return ExitCode.USAGE;
    }

    static int execution(Exception e, CommandLine command, ParseResult parsed) {
        System.err.println(sentence(e));
        return e instanceof SettingsException ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    private static String sentence(Exception e) {
        return switch (e) {
            case CommandException _,
                    Rejection _,
                    SettingsException _,
                    CheckpointException _,
                    NotFiniteException _,
                    DeviceException _,
                    OutOfMemoryException _ -> String.valueOf(e.getMessage());
            case IOException io -> "Reading or writing failed: " + io + ".";
            default -> "This failed unexpectedly: " + e + ".";
        };
    }
}
