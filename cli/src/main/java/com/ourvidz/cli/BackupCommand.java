package com.ourvidz.cli;

import com.ourvidz.server.Backup;
import com.ourvidz.server.Settings;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ourvidz backup}: a copy of all that the platform keeps, while it runs. */
@Command(
        name = "backup",
        description = {
            "Copies the data directory, whether or not a platform runs on it: database, pictures, videos and secrets.",
            "Whoever has the copy can sign in as anybody: keep it as you keep a key."
        },
        mixinStandardHelpOptions = true)
final class BackupCommand implements Runnable {

    @Parameters(paramLabel = "FILE.zip|DIR", description = "Where to: a new .zip file or a new folder.")
    private Path target = Path.of("");

    @Override
    public void run() {
        try {
            var contents = new Backup(Settings.read().data()).take(target);
            System.out.println("Saved " + contents.objects() + " pictures and videos, the database and the secrets to "
                    + target + ". It holds secrets: keep it safe.");
            requireWhole(contents);
        } catch (IOException e) {
            throw new CommandException("The backup failed: " + e.getMessage() + ".");
        }
    }

    static void requireWhole(Backup.Contents contents) {
        if (!contents.lost().isEmpty()) {
            throw new CommandException(contents.lost().size()
                    + " objects are not there although nobody has deleted them: " + String.join(", ", contents.lost()));
        }
    }
}
