package com.ourvidz.cli;

import com.ourvidz.server.Platform;
import com.ourvidz.server.PlatformRunningException;
import com.ourvidz.server.Settings;
import java.util.Map;

/** The platform of this machine: the one that runs on the data directory, or one that is started in this process and stopped with it. */
final class LocalPlatform {

    private LocalPlatform() {}

    /** For one job: what the platform has to say besides, is only said when it goes wrong. */
    static Connection connect() {
        if (System.getProperty("ourvidz.log") == null) {
            System.setProperty("ourvidz.log", "WARN");
        }
        var settings = Settings.read(anyFreePortUnlessChosen());
        try {
            var platform = Platform.start(settings);
            return new Connection(new ApiClient(platform.url(), platform.token(Platform.OWNER)), platform::close);
        } catch (PlatformRunningException running) {
            var url = running.url().orElseThrow(() -> new CommandException(String.valueOf(running.getMessage())));
            System.err.println("Using the platform that runs at " + url + ".");
            return Connection.to(url, Platform.tokens(settings).issue(Platform.OWNER));
        }
    }

    private static Map<String, String> anyFreePortUnlessChosen() {
        var chosen = System.getenv("OURVIDZ_PORT") != null || System.getProperty("OURVIDZ_PORT") != null;
        return chosen ? Map.of() : Map.of("OURVIDZ_PORT", "0");
    }
}
