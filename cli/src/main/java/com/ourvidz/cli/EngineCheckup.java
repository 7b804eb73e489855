package com.ourvidz.cli;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.diffusion.sdxl.SdxlCheckpoint;
import com.ourvidz.diffusion.tensor.Device;
import com.ourvidz.diffusion.tensor.SelfTest;
import com.ourvidz.diffusion.video.Encoders;
import com.ourvidz.diffusion.wan.WanCheckpoint;
import com.ourvidz.server.Finding;
import com.ourvidz.server.Settings;
import java.util.ArrayList;
import java.util.List;

/** Looks at what makes the pictures: the JDK, the native libraries and the checkpoints. */
final class EngineCheckup {

    private static final int JDK = 25;

    private EngineCheckup() {}

    static Finding jdk() {
        var version = Runtime.version();
        return version.feature() >= JDK
                ? Finding.ok("jdk", version + " at " + System.getProperty("java.home"))
                : Finding.fail("jdk", version + " is too old", "Install a JDK " + JDK + ", or point JAVA_HOME to one.");
    }

    static List<Finding> of(Settings settings) {
        var findings = new ArrayList<Finding>();
        findings.add(libTorch(settings.device()));
        findings.add(ffmpeg());
        findings.add(checkpoint(
                "OURVIDZ_SDXL_MODEL",
                settings.sdxlModel().toString(),
                SdxlCheckpoint.problems(settings.sdxlModel(), settings.sdxlConfig())));
        if (settings.lanes().contains(Queue.WAN_QUEUE)) {
            findings.add(checkpoint(
                    "OURVIDZ_WAN_MODEL", settings.wanModel().toString(), WanCheckpoint.problems(settings.wanModel())));
        } else {
            findings.add(Finding.warn(
                    "model",
                    "no worker for wan_queue: OURVIDZ_WORKERS leaves it out, or there is no " + settings.wanModel(),
                    "For videos, point OURVIDZ_WAN_MODEL to a checkpoint."));
        }
        findings.add(Finding.ok("enhancer", settings.enhancer().describe()));
        return findings;
    }

    private static Finding libTorch(String device) {
        try {
            var used = Device.parse(device);
            SelfTest.multiply(used);
            return Finding.ok("libtorch", "it multiplies on " + used);
        } catch (RuntimeException | LinkageError e) {
            return Finding.fail(
                    "libtorch",
                    "it does not work: " + e.getMessage(),
                    "It is there for Linux on x86-64 and macOS on ARM; the README says what a GPU needs.");
        }
    }

    private static Finding ffmpeg() {
        try {
            var encoders = Encoders.present();
            return encoders.contains("libopenh264") || encoders.contains("h264_nvenc")
                    ? Finding.ok("ffmpeg", "it encodes with " + String.join(", ", encoders))
                    : Finding.fail("ffmpeg", "it has no encoder for H.264", "Build again: ./ourvidz test");
        } catch (LinkageError e) {
            return Finding.fail("ffmpeg", "it cannot be loaded: " + e.getMessage(), "It is there as LibTorch is.");
        }
    }

    private static Finding checkpoint(String setting, String path, List<String> problems) {
        return problems.isEmpty()
                ? Finding.ok("model", path + " opens")
                : Finding.fail(
                        "model",
                        String.join(" ", problems),
                        "Complete the checkpoint, or point " + setting + " to another.");
    }
}
