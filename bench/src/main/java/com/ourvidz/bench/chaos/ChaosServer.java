package com.ourvidz.bench.chaos;

import com.ourvidz.server.Platform;
import com.ourvidz.server.Settings;

/** The platform, as {@code serve} runs it. Says a token for each user, and then that it is ready. */
public final class ChaosServer {

    private ChaosServer() {}

    public static void main(String[] args) {
        var platform = Platform.start(Settings.read());
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
        for (var user = 0; user < Integer.parseInt(args[0]); user++) {
            System.out.println(platform.token("user-" + user));
        }
        System.out.println("ready");
        System.out.flush();
    }
}
