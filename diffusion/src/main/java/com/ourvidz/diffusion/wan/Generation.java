package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.dit.TextContext;
import com.ourvidz.diffusion.dit.VaceControl;
import com.ourvidz.diffusion.scheduler.Sampling;
import com.ourvidz.diffusion.scheduler.Scheduler;
import com.ourvidz.diffusion.sdxl.NotFiniteException;
import com.ourvidz.diffusion.tensor.Noise;
import com.ourvidz.diffusion.tensor.Precision;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** One request on its way through the models: prompts, known frames, noise, denoising, decoding. */
final class Generation {

    private final WanModels models;
    private final TextToVideo request;
    private final Scheduler scheduler;
    private final Tracker tracker;
    private final FrameConsumer consumer;
    private final long[] latentShape;
    private int framesDone;
    private int groupsDone;

    Generation(WanModels models, TextToVideo request, Tracker tracker, FrameConsumer consumer) {
        this.models = models;
        this.request = request;
        this.scheduler = models.scheduler(request.scheduler());
        this.tracker = tracker;
        this.consumer = consumer;
        this.latentShape = models.latentShape(request);
    }

    /**
     * The prompts as the transformer sees them.
     *
     * @param negative where guidance is on
     */
    private record Prompts(TextContext prompt, Optional<TextContext> negative) {}

    Video run() {
        requireReferencesAreTaken();
        Prompts prompts = tracker.text(this::encodePrompts);
        Optional<VaceControl> control = control();
        Tensor latents = denoise(prompts, control);
        tracker.decode(() -> models.vae().decode(models.vae().fromModel(latents), this::handOn));
        return new Video(
                request.width(),
                request.height(),
                request.frames(),
                models.vae().frames((int) latentShape[2]),
                request.seed(),
                request.steps(),
                scheduler.name(),
                tracker.timings());
    }

    private void requireReferencesAreTaken() {
        if (!request.references().isEmpty() && !models.takesReferences()) {
            throw new IllegalArgumentException(
                    "This checkpoint makes videos from text alone. For a first or a last frame choose one of WAN VACE.");
        }
    }

    private Prompts encodePrompts() {
        TextContext prompt = encode(request.prompt());
        return new Prompts(
                prompt, request.isGuided() ? Optional.of(encode(request.negativePrompt())) : Optional.empty());
    }

    private TextContext encode(String prompt) {
        return models.promptEncoder().encode(prompt, request.maxTokens());
    }

    private Optional<VaceControl> control() {
        if (!models.takesReferences()) {
            return Optional.empty();
        }
        VaceConditioning conditioning = new VaceConditioning(
                models.vae(), models.device(), request, latentShape, models.nothingKnown(), tracker);
        return Optional.of(new VaceControl(
                tracker.encode(conditioning::latents), request.references().scale()));
    }

    /** From noise to latents: (1, latentChannels, frames, height / stride, width / stride). */
    private Tensor denoise(Prompts prompts, Optional<VaceControl> control) {
        Noise noise = new Noise(request.seed());
        try (Sampling sampling = scheduler.plan(request.steps())) {
            Tensor latents =
                    noise.draw(latentShape).to(models.device(), ScalarType.Float); // each GPU has noise of its own
            for (int i = 0; i < request.steps(); i++) {
                int index = i;
                try (Tensor previous = latents) {
                    latents = tracker.step(() -> {
                        Tensor input = sampling.scaleModelInput(previous, index);
                        Tensor output = predict(input, sampling.timesteps().get(index), prompts, control);
                        return sampling.step(output, index, previous, noise);
                    });
                }
            }
            return finite(latents, "latents", models.precision());
        }
    }

    private Tensor predict(Tensor input, float timestep, Prompts prompts, Optional<VaceControl> control) {
        Tensor positive = predict(input, timestep, prompts.prompt(), control);
        return prompts.negative()
                .map(context -> predict(input, timestep, context, control))
                .map(negative -> positive.sub(negative)
                        .mul_(new Scalar(request.guidanceScale()))
                        .add_(negative))
                .orElse(positive);
    }

    private Tensor predict(Tensor input, float timestep, TextContext context, Optional<VaceControl> control) {
        return models.transformer().forward(input, timestep, context, control).to(ScalarType.Float);
    }

    /** Hands on the frames of a group that are wanted. */
    private void handOn(Tensor group) {
        finite(group, "frames", Precision.FLOAT32);
        int wanted = Math.min((int) group.size(0), request.frames() - framesDone);
        for (int i = 0; i < wanted; i++) {
            consumer.accept(framesDone++, Pixels.image(group, i));
        }
        tracker.decoded(++groupsDone, (int) latentShape[2]);
    }

    private static Tensor finite(Tensor x, String what, Precision precision) {
        if (!x.isfinite().all().item_bool()) {
            throw new NotFiniteException(what, precision);
        }
        return x;
    }
}
