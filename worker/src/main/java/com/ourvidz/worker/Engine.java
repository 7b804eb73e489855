package com.ourvidz.worker;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.lease.WorkerProtocol.LeasedJob;
import com.ourvidz.diffusion.image.RgbImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A model that makes what the jobs of one queue ask for. */
interface Engine {

    /** Takes what the engine makes while it makes it. */
    interface Desk {

        /**
         * Says how far the job is.
         *
         * @throws StaleLeaseException when the job is to be dropped
         */
        void progress(JobProgress progress);

        /**
         * Whether the platform lets a text be rendered in place of the job's prompt.
         *
         * @throws RefusedException when the question is
         * @throws IOException when there is no answer at the moment
         * @throws StaleLeaseException when the job is to be dropped
         */
        boolean allows(String prompt) throws IOException, InterruptedException;

        /**
         * The bytes of the picture in one of the job's reference slots.
         *
         * @throws RefusedException when it is not to be had
         * @throws IOException when it is not to be had at the moment
         * @throws StaleLeaseException when the job is to be dropped
         */
        byte[] reference(String slot) throws IOException, InterruptedException;

        /** Hands in the asset of the given index, from 0. */
        void asset(int index, byte[] bytes) throws IOException, InterruptedException;

        /** The same with the asset in a file. */
        void asset(int index, Path file) throws IOException, InterruptedException;

        /**
         * Shows what the asset of the index, which was handed in, looks like. A job does not fail for want of it.
         *
         * @param picture of any size; it is made smaller
         * @throws StaleLeaseException when the job is to be dropped
         */
        void thumbnail(int index, RgbImage picture) throws InterruptedException;
    }

    /**
     * What there is to say of a job that was made.
     *
     * @param details by the documented names: seed, seeds, steps and so on
     * @param seconds what each part took: text, denoise, decode …
     */
    record Report(Map<String, Object> details, Map<String, Double> seconds) {}

    /** The model's name, for people to read. */
    String model();

    /** Loads the model, if it is not loaded yet. Jobs do so themselves; calling it early makes the first job quick. */
    void load() throws InterruptedException;

    /**
     * Makes all assets of the job in order and hands in each as soon as it is ready.
     *
     * @throws com.ourvidz.diffusion.checkpoint.CheckpointException when the model cannot be loaded
     */
    Report make(JobType type, LeasedJob job, Desk desk) throws IOException, InterruptedException;
}
