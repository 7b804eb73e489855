package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.scheduler.Sampling;
import com.ourvidz.diffusion.scheduler.Scheduler;
import com.ourvidz.diffusion.sdxl.Pictures.Picture;
import com.ourvidz.diffusion.sdxl.PromptEncoder.Embedding;
import com.ourvidz.diffusion.sdxl.Tracker.Step;
import com.ourvidz.diffusion.tensor.Noise;
import com.ourvidz.diffusion.tensor.Precision;
import com.ourvidz.diffusion.tensor.Scoped;
import com.ourvidz.diffusion.unet.Conditioning;
import com.ourvidz.diffusion.vae.Posterior;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One request on its way through the models: prompts, noise or the image to start from, denoising, decoding. Its pictures are made one after another, so that each
 * depends on its own seed alone and memory does not grow with their number.
 */
final class Generation {

    private final SdxlModels models;
    private final TextToImage request;
    private final Scheduler scheduler;
    private final Guidance guidance;
    private final Tracker tracker;
    private final long[] latentShape;

    Generation(SdxlModels models, TextToImage request, Tracker tracker) {
        this.models = models;
        this.request = request;
        this.scheduler = models.scheduler(request.scheduler());
        this.guidance = request.guidance();
        this.tracker = tracker;
        this.latentShape = models.latentShape(request.width(), request.height());
    }

    Pictures run() {
        Conditioning conditioning = tracker.text(this::encodePrompts);
        Optional<Posterior> start = request.start().map(image -> tracker.encode(() -> encode(image)));
        List<Picture> pictures = request.seeds().stream()
                .map(seed -> Scoped.value(() -> picture(seed, start, conditioning)))
                .toList();
        return new Pictures(pictures, request.steps(), guidance, scheduler.name(), tracker.timings());
    }

    private Picture picture(long seed, Optional<Posterior> start, Conditioning conditioning) {
        Tensor latents = denoise(new Noise(seed), start, conditioning);
        byte[] rgb = tracker.decode(() -> Rgb.bytes(decode(latents)));
        return new Picture(seed, request.width(), request.height(), rgb);
    }

    /** With guidance for the negative prompt and the prompt, in this order; without for the prompt alone. */
    private Conditioning encodePrompts() {
        Embedding prompt = models.promptEncoder().encode(request.prompt());
        Tensor sizes = Tensor.create(sizes(), 1, Conditioning.TIME_IDS);
        if (!guidance.isOn()) {
            return new Conditioning(prompt.context(), prompt.pooled(), sizes);
        }
        Embedding negative = models.encodeNegative(request.negativePrompt(), prompt);
        return new Conditioning(
                pair(
                        models.promptEncoder().asLongAs(prompt, negative).context(),
                        models.promptEncoder().asLongAs(negative, prompt).context()),
                pair(negative.pooled(), prompt.pooled()),
                pair(sizes, sizes));
    }

    /** Original size, crop, target size: the picture is to look like one that was never scaled or cropped. */
    private float[] sizes() {
        return new float[] {request.height(), request.width(), 0, 0, request.height(), request.width()};
    }

    private Posterior encode(StartImage start) {
        return models.vae().encode(Rgb.image(start.image()).to(models.device(), ScalarType.Float));
    }

    /** From noise to latents: (1, latentChannels, height / stride, width / stride). */
    private Tensor denoise(Noise noise, Optional<Posterior> start, Conditioning conditioning) {
        try (Sampling sampling = scheduler.plan(request.steps())) {
            int first = request.steps() - request.stepsTaken();
            Tensor latents = start.map(posterior -> noised(posterior, first, sampling, noise))
                    .orElseGet(() -> draw(noise).mul(new Scalar(sampling.initialNoiseSigma())));
            for (int i = first; i < request.steps(); i++) {
                int index = i;
                try (Tensor previous = latents) {
                    latents = tracker.step(() -> step(previous, index, sampling, noise, conditioning));
                }
            }
            return Rgb.finite(latents, "latents", models.precision());
        }
    }

    /** The start image with the noise of the first step; its latents are drawn before that noise. As it is when no step follows. */
    private Tensor noised(Posterior start, int first, Sampling sampling, Noise noise) {
        Tensor latents = models.vae().scale().toModel(start.sample(noise));
        return first < request.steps() ? sampling.addNoise(latents, draw(noise), first) : latents;
    }

    /** Drawn on the CPU, as every GPU has noise of its own; then moved. */
    private Tensor draw(Noise noise) {
        return noise.draw(latentShape).to(models.device(), ScalarType.Float);
    }

    private Step step(Tensor latents, int index, Sampling sampling, Noise noise, Conditioning conditioning) {
        Tensor input = sampling.scaleModelInput(latents, index);
        Tensor output = models.unet()
                .forward(
                        guidance.isOn() ? pair(input, input) : input,
                        sampling.timesteps().get(index),
                        conditioning)
                .to(ScalarType.Float);
        Tensor guided = guidance.isOn() ? guidance.combine(output) : output;
        return new Step(
                sampling.step(guided, index, latents, noise),
                () -> models.projection().image(sampling.clean(guided, index, latents)));
    }

    /** From latents to a picture: (1, height, width, 3), 0 … 1. */
    private Tensor decode(Tensor latents) {
        Tensor image = models.vae().decode(models.vae().scale().fromModel(latents)); // (1, 3, height, width), -1 … 1
        return Rgb.finite(Rgb.unit(image), "picture", Precision.FLOAT32);
    }

    private static Tensor pair(Tensor first, Tensor second) {
        return torch.cat(new TensorVector(first, second));
    }
}
