package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.dit.WanTransformer3DModel;
import com.ourvidz.diffusion.original.WanTransformerNames;
import com.ourvidz.diffusion.original.WanVaeNames;
import com.ourvidz.diffusion.scheduler.Scheduler;
import com.ourvidz.diffusion.tensor.Precision;
import com.ourvidz.diffusion.tokenizer.Umt5Tokenizer;
import com.ourvidz.diffusion.umt5.Umt5EncoderModel;
import com.ourvidz.diffusion.wanvae.AutoencoderKLWan;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.Device;

/** A WAN checkpoint in memory: its parts, by the names of their folders. */
record WanModels(
        Precision precision,
        Device device,
        PromptEncoder promptEncoder,
        WanTransformer3DModel transformer,
        Config schedulerConfig,
        Scheduler scheduler,
        AutoencoderKLWan vae,
        NothingKnown nothingKnown)
        implements AutoCloseable {

    static WanModels load(Path checkpoint, Options options) {
        ModelIndex.require(checkpoint);
        options.device().requirePresent();
        Device device = options.device().torch();
        Config schedulerConfig =
                FlowShifts.inBothNames(Config.read(checkpoint.resolve("scheduler/scheduler_config.json")));
        WanModels models = new WanModels(
                options.precision(),
                device,
                new PromptEncoder(
                        Umt5Tokenizer.load(checkpoint.resolve("tokenizer")),
                        part(checkpoint, "text_encoder", options.precision(), device, Umt5EncoderModel::new)),
                part(checkpoint, "transformer", options.precision(), device, WanModels::transformer),
                schedulerConfig,
                Scheduler.of(schedulerConfig),
                part(checkpoint, "vae", Precision.FLOAT32, device, WanModels::autoencoder),
                new NothingKnown());
        models.requireMatch(checkpoint);
        return models;
    }

    private static <T> T part(
            Path checkpoint, String name, Precision precision, Device device, BiFunction<Config, Weights, T> reader) {
        Path folder = checkpoint.resolve(name);
        Config config = Config.read(folder.resolve("config.json"));
        try (Weights weights = Weights.open(folder, precision.scalarType())) {
            return reader.apply(config, weights.on(device));
        }
    }

    private static WanTransformer3DModel transformer(Config config, Weights weights) {
        return new WanTransformer3DModel(config, WanTransformerNames.inDiffusersNames(config, weights));
    }

    private static AutoencoderKLWan autoencoder(Config config, Weights weights) {
        return new AutoencoderKLWan(config, WanVaeNames.inDiffusersNames(config, weights));
    }

    private void requireMatch(Path checkpoint) {
        requireMatch(checkpoint, "channels of latents", transformer.inChannels(), "vae makes", vae.latentChannels());
        requireMatch(
                checkpoint,
                "numbers a token",
                transformer.textSize(),
                "text encoder makes",
                promptEncoder.contextSize());
        transformer
                .controlChannels()
                .ifPresent(taken -> requireMatch(
                        checkpoint, "channels of control", taken, "vae stands for", VaceConditioning.channels(vae)));
    }

    private static void requireMatch(Path checkpoint, String what, int taken, String maker, int made) {
        if (taken != made) {
            throw new CheckpointException(checkpoint + ": the transformer takes " + taken + " " + what + " and the "
                    + maker + " " + made + ". Choose a checkpoint with all parts from the same one.");
        }
    }

    /** The checkpoint's own, or another with its settings, as diffusers exchanges them. */
    Scheduler scheduler(Optional<String> name) {
        return name.map(other -> Scheduler.named(other, schedulerConfig)).orElse(scheduler);
    }

    boolean takesReferences() {
        return transformer.controlChannels().isPresent();
    }

    int widthMultiple() {
        return vae.spatialStride() * transformer.patch().width();
    }

    int heightMultiple() {
        return vae.spatialStride() * transformer.patch().height();
    }

    /** How many latent frames stand for at least {@code frames}, in whole tokens. */
    int latentFrames(int frames) {
        return Math.ceilDiv(vae.latentFrames(frames), transformer.patch().frames())
                * transformer.patch().frames();
    }

    /**
     * The latents of a video: 1, channels, frames, height, width.
     *
     * @throws IllegalArgumentException when the frames are not a whole number of tokens wide and high
     */
    long[] latentShape(TextToVideo request) {
        if (request.width() % widthMultiple() != 0 || request.height() % heightMultiple() != 0) {
            throw new IllegalArgumentException("With this checkpoint the width must be a multiple of " + widthMultiple()
                    + " and the height of " + heightMultiple() + ", not " + request.width() + "x" + request.height());
        }
        int stride = vae.spatialStride();
        return new long[] {
            1, vae.latentChannels(), latentFrames(request.frames()), request.height() / stride, request.width() / stride
        };
    }

    /** The tokenizer and what is kept between videos; the weights belong to the scope that they were read in. */
    @Override
    public void close() {
        nothingKnown.close();
        promptEncoder.close();
    }
}
