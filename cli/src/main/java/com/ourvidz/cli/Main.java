package com.ourvidz.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code ourvidz}: the program that users call. Exit code 0 when it was done, 1 when it failed, 2 when it was asked wrongly. */
@Command(
        name = "ourvidz",
        description = "Images from text, made on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "OurVidz 0.1.0",
        subcommands = {
            GenerateCommand.class,
            ServeCommand.class,
            TokenCommand.class,
            UserCommand.class,
            RenderCommand.class,
            WorkerCommand.class,
            DoctorCommand.class,
            BackupCommand.class,
            RestoreCommand.class
        },
        footer = {
            "",
            "Settings are environment variables; the README lists them. 'ourvidz test' runs the project's tests."
        })
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        try {
            return new CommandLine(new Main())
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setParameterExceptionHandler(Failures::usage)
                    .setExecutionExceptionHandler(Failures::execution)
                    .execute(args);
        } catch (Error e) { // for instance a machine that LibTorch has no natives for
            System.err.println("This failed unexpectedly: " + e + ".");
            return ExitCode.SOFTWARE;
        }
    }
}
