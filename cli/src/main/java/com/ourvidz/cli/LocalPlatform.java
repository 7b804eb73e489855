package com.ourvidz.cli;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.server.Platform;
import com.ourvidz.server.PlatformRunningException;
import com.ourvidz.server.Settings;
import java.util.HashMap;
import java.util.Map;

/** The platform of this machine: the one that runs on the data directory, or one that is started in this process and stopped with it. */
final class LocalPlatform {

    private LocalPlatform() {}

    /**
     * For one job: what the platform has to say besides, is only said when it goes wrong.
     *
     * @param jobType a platform that is started for it has the worker for it, and no other
     */
    static Connection connect(String jobType) {
        sayOnlyWhatGoesWrong();
        var settings = Settings.read(forOneJob(jobType));
        try {
            var platform = Platform.start(settings);
            return new Connection(new ApiClient(platform.url(), platform.token(Platform.OWNER)), platform::close);
        } catch (PlatformRunningException running) {
            var url = running.url().orElseThrow(() -> new CommandException(String.valueOf(running.getMessage())));
            System.err.println("Using the platform that runs at " + url + ".");
            return Connection.to(url, Platform.tokens(settings).issue(Platform.OWNER));
        }
    }

    static void sayOnlyWhatGoesWrong() {
        if (System.getProperty("ourvidz.log") == null) {
            System.setProperty("ourvidz.log", "WARN");
        }
    }

    private static Map<String, String> forOneJob(String jobType) {
        var settings = new HashMap<String, String>();
        putUnlessChosen(settings, "OURVIDZ_PORT", "0");
        JobType.of(jobType)
                .ifPresent(type -> putUnlessChosen(
                        settings, "OURVIDZ_WORKERS", type.queue().id()));
        return settings;
    }

    private static void putUnlessChosen(Map<String, String> settings, String name, String value) {
        if (System.getenv(name) == null && System.getProperty(name) == null) {
            settings.put(name, value);
        }
    }
}
