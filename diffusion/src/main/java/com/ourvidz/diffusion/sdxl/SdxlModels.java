package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.clip.ClipTextModel;
import com.ourvidz.diffusion.lora.Loras;
import com.ourvidz.diffusion.scheduler.Scheduler;
import com.ourvidz.diffusion.sdxl.PromptEncoder.Embedding;
import com.ourvidz.diffusion.tensor.Precision;
import com.ourvidz.diffusion.tokenizer.ClipTokenizer;
import com.ourvidz.diffusion.unet.UNet2DConditionModel;
import com.ourvidz.diffusion.vae.Autoencoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.Device;

/** An SDXL checkpoint in memory: its parts, by the names of their folders. */
record SdxlModels(
        ModelIndex index,
        Precision precision,
        Device device,
        PromptEncoder promptEncoder,
        UNet2DConditionModel unet,
        Config schedulerConfig,
        Scheduler scheduler,
        Autoencoder vae,
        LatentProjection projection,
        int sampleSize)
        implements AutoCloseable {

    private static final int PUBLISHED_SAMPLE_SIZE = 128;
    private static final int LARGEST_SAMPLE_SIZE = 1 << 14;
    private static final int INPAINTING_CHANNELS = 9; // latents, the latents of what is kept, and the mask

    static SdxlModels load(CheckpointFiles files, Options options) {
        options.device().requirePresent();
        List<ClipTokenizer> tokenizers = new ArrayList<>();
        try (Loras loras = Loras.open(options.loras())) {
            SdxlModels models = load(files, options, loras, tokenizers);
            loras.requireAllUsed();
            return models;
        } catch (RuntimeException | Error e) {
            tokenizers.forEach(ClipTokenizer::close); // which no scope does, as it does with tensors
            throw e;
        }
    }

    private static ClipTokenizer tokenizer(Path folder, List<ClipTokenizer> opened) {
        ClipTokenizer tokenizer = ClipTokenizer.load(folder);
        opened.add(tokenizer);
        return tokenizer;
    }

    private static SdxlModels load(
            CheckpointFiles files, Options options, Loras loras, List<ClipTokenizer> tokenizers) {
        Precision precision = options.precision();
        Device device = options.device().torch();
        ModelIndex index = files.index();
        requireTextToImage(files.config("unet"));
        Config schedulerConfig = files.config("scheduler");
        PromptEncoder promptEncoder = new PromptEncoder(
                tokenizer(files.tokenizer("tokenizer"), tokenizers),
                part(files, "text_encoder", precision, device, loras, ClipTextModel::new),
                tokenizer(files.tokenizer("tokenizer_2"), tokenizers),
                part(files, "text_encoder_2", precision, device, loras, ClipTextModel::new),
                options.prompts());
        UNet2DConditionModel unet = part(files, "unet", precision, device, loras, UNet2DConditionModel::new);
        Autoencoder vae = part(
                files,
                "vae",
                Precision.FLOAT32,
                device,
                loras,
                (config, weights) -> Autoencoder.of(config, weights, options.tiling()));
        SdxlModels models = new SdxlModels(
                index,
                precision,
                device,
                promptEncoder,
                unet,
                schedulerConfig,
                Scheduler.of(schedulerConfig),
                vae,
                new LatentProjection(vae),
                sampleSize(files.config("unet")));
        models.requireMatch(files.path());
        models.promptEncoder.requireMatch(files.path());
        return models;
    }

    private static <T> T part(
            CheckpointFiles files,
            String name,
            Precision precision,
            Device device,
            Loras loras,
            BiFunction<Config, Weights, T> reader) {
        Config config = files.config(name);
        try (Weights weights = files.weights(name, config, precision.scalarType())) {
            return reader.apply(config, loras.mergeInto(name, weights).on(device));
        }
    }

    private static int sampleSize(Config unet) {
        return unet.within(1, LARGEST_SAMPLE_SIZE, "sample_size", unet.integer("sample_size", PUBLISHED_SAMPLE_SIZE));
    }

    private static void requireTextToImage(Config unet) {
        if (unet.integer("in_channels", 0) == INPAINTING_CHANNELS) {
            throw unet.invalid(
                    "in_channels",
                    "is " + INPAINTING_CHANNELS + ": the UNet of an inpainting model. Choose a base model.");
        }
    }

    private void requireMatch(Path checkpoint) {
        requireMatch(checkpoint, "channels of latents", unet.inChannels(), "vae", vae.latentChannels());
        requireMatch(
                checkpoint, "channels of context", unet.contextSize(), "text encoders", promptEncoder.contextSize());
        requireMatch(checkpoint, "pooled numbers", unet.pooledSize(), "text_encoder_2", promptEncoder.pooledSize());
    }

    private static void requireMatch(Path checkpoint, String what, int taken, String maker, int made) {
        if (taken != made) {
            throw new CheckpointException(checkpoint + ": the unet takes " + taken + " " + what + " and the " + maker
                    + " make " + made + ". Choose a checkpoint for text to image, with all parts from the same one.");
        }
    }

    /** The checkpoint's own, or another with its settings, as diffusers exchanges them. */
    Scheduler scheduler(Optional<String> name) {
        return name.map(other -> Scheduler.named(other, schedulerConfig)).orElse(scheduler);
    }

    Embedding encodeNegative(String prompt, Embedding positive) {
        return prompt.isEmpty() && index.zerosForEmptyPrompt() ? positive.zeros() : promptEncoder.encode(prompt);
    }

    /** The side in pixels of the pictures that the unet was trained on. */
    int defaultSize() {
        return sampleSize * vae.stride();
    }

    /**
     * The latents of a picture: 1, channels, height, width.
     *
     * @throws IllegalArgumentException when the picture is not a whole number of latents wide and high
     */
    long[] latentShape(int width, int height) {
        int stride = vae.stride();
        if (width % stride != 0 || height % stride != 0) {
            throw new IllegalArgumentException("With this checkpoint width and height must be multiples of " + stride
                    + ", not " + width + "x" + height);
        }
        return new long[] {1, vae.latentChannels(), height / stride, width / stride};
    }

    /** The tokenizers; the weights belong to the scope that they were read in. */
    @Override
    public void close() {
        promptEncoder.close();
    }
}
