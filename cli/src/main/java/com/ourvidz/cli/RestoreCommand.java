package com.ourvidz.cli;

import com.ourvidz.server.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ourvidz restore}: a backup into a new data directory. */
@Command(
        name = "restore",
        description = {
            "Puts a backup into an empty or new directory and checks that all of it is there.",
            "Then serve with OURVIDZ_DATA pointing to it."
        },
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Runnable {

    @Parameters(paramLabel = "FILE.zip|DIR", description = "What 'ourvidz backup' has made.")
    private Path copy = Path.of("");

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The new data directory.")
    private Path data = Path.of("");

    @Override
    public void run() {
        if (!Files.exists(copy)) {
            throw new CommandException("There is no " + copy + ".");
        }
        try {
            var contents = Backup.restore(copy, data.toAbsolutePath().normalize());
            BackupCommand.requireWhole(contents);
            System.out.println("Restored " + contents.objects() + " pictures and videos; database and ledger are whole."
                    + " Start with OURVIDZ_DATA=" + data);
        } catch (IOException e) {
            throw new CommandException("The backup cannot be restored: " + e.getMessage() + ".");
        }
    }
}
