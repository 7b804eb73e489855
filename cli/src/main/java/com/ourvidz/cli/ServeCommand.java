package com.ourvidz.cli;

import com.ourvidz.server.Platform;
import com.ourvidz.server.Settings;
import picocli.CommandLine.Command;

/** {@code ourvidz serve}: the platform in the foreground, until it is told to stop. */
@Command(
        name = "serve",
        description = {
            "Runs the platform in the foreground and prints its address and a link that signs a browser in.",
            "Its settings are environment variables; the README lists them."
        },
        mixinStandardHelpOptions = true)
final class ServeCommand implements Runnable {

    @Override
    public void run() {
        var platform = Platform.start(Settings.read());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(platform), "stop"));
        System.out.println("OurVidz runs at " + platform.url());
        System.out.println("Sign in with " + platform.signInLink());
        waitForever();
    }

    /** On SIGTERM and SIGINT, which are how it is asked to end: so it has done well. */
    private static void stop(Platform platform) {
        platform.close();
        Runtime.getRuntime().halt(0);
    }

    private static void waitForever() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
