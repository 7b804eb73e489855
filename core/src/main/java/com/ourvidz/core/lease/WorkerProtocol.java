package com.ourvidz.core.lease;

import com.ourvidz.core.Fence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The messages between server and worker, the same for local and remote workers. On the wire they are JSON with snake_case names.
 *
 * <p>{@code POST /worker/lease} (long poll) → {@code POST /worker/jobs/{id}/prompt} (before what an enhancer has written is rendered) →
 * {@code GET /worker/jobs/{id}/references/{slot}} → {@code POST /worker/jobs/{id}/heartbeat} → {@code PUT /worker/jobs/{id}/assets/{index}} →
 * {@code PUT /worker/jobs/{id}/assets/{index}/thumbnail} (a WebP of at most 256 KB with its longest edge 256 pixels; a worker that makes none
 * leaves it out) → {@code POST /api/job-callback}; {@code POST /worker/jobs/{id}/release} gives a lease back. A stale fence is answered with 409.
 */
public interface WorkerProtocol {

    /**
     * Asks for a job.
     *
     * @param workerId chosen by the worker, unique among the living
     * @param model what is loaded, for people to read
     * @param waitSeconds how long to hold the call when there is no job; the answer is then 204
     */
    record LeaseRequest(String workerId, String queue, String model, int waitSeconds) {}

    /**
     * A job to do.
     *
     * @param leaseSeconds how long the lease holds after each heartbeat
     * @param references the pictures that the job starts from or is held to
     * @param enhancement what is to be rendered in place of the prompt: the job makes another one again; absent otherwise
     */
    record LeasedJob(
            UUID jobId,
            int attempt,
            String leaseToken,
            int leaseSeconds,
            String jobType,
            String prompt,
            @Nullable String negativePrompt,
            int numImages,
            long seed,
            List<LeasedReference> references,
            @Nullable Enhancement enhancement) {

        public Fence fence() {
            return new Fence(jobId, attempt, leaseToken);
        }

        public Optional<String> negative() {
            return Optional.ofNullable(negativePrompt);
        }

        /** The text that was made of the prompt before. */
        public Optional<Enhancement> earlier() {
            return Optional.ofNullable(enhancement);
        }
    }

    /**
     * A prompt that was enhanced.
     *
     * @param by who has written it: {@code grammar}, or a model's name
     */
    record Enhancement(String prompt, String by) {}

    /**
     * Asks whether a text may be rendered in place of the job's prompt, by the rules of the content policy and of the operator.
     *
     * @param prompt at most 20,000 characters
     */
    record PromptCheck(int attempt, String leaseToken, String prompt) {}

    /** Answers a prompt's check. Where it is not allowed, the job's own prompt is rendered. */
    record PromptVerdict(boolean allowed) {}

    /**
     * A picture that a job refers to. Its bytes (JPEG, PNG or WebP) are at {@code GET /worker/jobs/{id}/references/{slot}}, with the fence in
     * the headers of an upload; a worker that does not get them goes on without and says so.
     *
     * @param slot {@link #REFERENCE}, {@link #START} or {@link #END}
     * @param type {@code style}, {@code composition} or {@code character}; absent for frames of a video
     * @param strength how much it influences the result: 0.0 = not at all, 1.0 = nearly the reference
     */
    record LeasedReference(String slot, @Nullable String type, double strength) {

        public static final String REFERENCE = "reference";
        public static final String START = "start";
        public static final String END = "end";
    }

    /**
     * Keeps the lease and says how far the job is.
     *
     * @param progress 0 to 100
     * @param preview a small JPEG of what is being made, in base64, every few steps; see {@link com.ourvidz.core.job.Preview}
     */
    record Heartbeat(
            int attempt,
            String leaseToken,
            int progress,
            String stage,
            @Nullable String preview) {}

    /** Answers an upload: the name by which the callback speaks of the asset. */
    record Uploaded(String asset) {}

    /** Gives the lease back unharmed, for instance because the worker is stopping. */
    record Release(int attempt, String leaseToken) {}

    /**
     * The worker's final word on an attempt.
     *
     * @param status {@code completed} or {@code failed}
     * @param assets what the uploads were answered, in order; empty when failed
     * @param errorMessage for the user: what failed and what to do
     * @param metadata seed, seeds, generation_time, num_images, steps, guidance_scale, model and so on
     */
    record Callback(
            UUID jobId,
            String status,
            List<String> assets,
            @Nullable String errorMessage,
            @Nullable Map<String, Object> metadata,
            int attempt,
            @Nullable String leaseToken) {

        public static final String COMPLETED = "completed";
        public static final String FAILED = "failed";
    }
}
