package com.ourvidz.cli;

import com.ourvidz.diffusion.wan.WanPipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ourvidz render}: the diffusion library alone, on any checkpoint. */
@Command(
        name = "render",
        description = {
            "Makes pictures and videos with the diffusion library alone, without the platform.",
            "What is not given comes from the checkpoint, where it says so."
        },
        mixinStandardHelpOptions = true)
final class RenderCommand implements Runnable {

    @Mixin
    private RenderOptions common = new RenderOptions();

    @Mixin
    private SdxlRender sdxl = new SdxlRender();

    @Mixin
    private WanRender wan = new WanRender();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        common.check();
        System.setProperty("logback.configurationFile", "logback-cli.xml");
        try {
            render();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (IOException | UncheckedIOException e) {
            throw new CommandException("The result cannot be written: " + e + ".");
        }
    }

    private void render() throws IOException {
        if (WanPipeline.isFor(common.model)) {
            refuse(SdxlRender.OPTIONS, "SDXL, and this is one of WAN");
            wan.render(common);
        } else {
            refuse(WanRender.OPTIONS, "WAN, and this is not one");
            sdxl.render(common);
        }
    }

    private void refuse(List<String> options, String forWhat) {
        common.firstGiven(options)
                .ifPresent(option -> common.require(false, option + " is for checkpoints of " + forWhat));
    }
}
