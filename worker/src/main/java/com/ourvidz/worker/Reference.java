package com.ourvidz.worker;

import com.ourvidz.core.lease.WorkerProtocol.LeasedJob;
import com.ourvidz.core.lease.WorkerProtocol.LeasedReference;
import com.ourvidz.diffusion.image.ImageFile;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.sdxl.StartImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A picture that a job refers to, and what became of it. A job whose reference cannot be fetched or read is done without, and says so.
 *
 * @param asked which, and how much it is to influence the result
 * @param picture of the size of what is made; empty when the job is done without
 * @param error why it is done without, in a sentence for the user
 */
record Reference(LeasedReference asked, Optional<RgbImage> picture, Optional<String> error) {

    private static final Logger LOG = LoggerFactory.getLogger(Reference.class);

    /** A reference of this type holds the picture's composition, which needs more of it to stay than its style does. */
    private static final String COMPOSITION = "composition";

    private static final double MORE_FOR_COMPOSITION = 0.2;
    private static final double MOST_FOR_COMPOSITION = 0.9;

    /** Why there is no picture to start from. */
    private static final class UnusableException extends Exception {

        UnusableException(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }

    /**
     * Fetches and reads one of the references of a job, if it has that.
     *
     * @param width in pixels, of what is asked for; the reference is fitted into it
     * @throws StaleLeaseException when the job is to be dropped
     */
    static Optional<Reference> of(LeasedJob job, String slot, Engine.Desk desk, int width, int height)
            throws InterruptedException {
        var asked = asked(job, slot);
        return asked.isEmpty() ? Optional.empty() : Optional.of(of(asked.get(), desk, width, height));
    }

    static Optional<LeasedReference> asked(LeasedJob job, String slot) {
        return job.references().stream()
                .filter(reference -> reference.slot().equals(slot))
                .findFirst();
    }

    /** One that the job is done without. */
    static Reference without(LeasedReference asked, String why) {
        return new Reference(asked, Optional.empty(), Optional.of(why));
    }

    private static Reference of(LeasedReference asked, Engine.Desk desk, int width, int height)
            throws InterruptedException {
        if (asked.strength() == 0) {
            return new Reference(asked, Optional.empty(), Optional.empty()); // as good as none
        }
        try {
            var picture = read(asked, fetch(asked, desk)).fitted(width, height);
            return new Reference(asked, Optional.of(picture), Optional.empty());
        } catch (UnusableException e) {
            LOG.warn("The job is done without its reference.", e);
            return without(asked, String.valueOf(e.getMessage()));
        }
    }

    /** What an SDXL job starts from. */
    Optional<StartImage> start() {
        return picture.map(image -> new StartImage(image, denoising(asked)));
    }

    private static byte[] fetch(LeasedReference asked, Engine.Desk desk)
            throws InterruptedException, UnusableException {
        try {
            return desk.reference(asked.slot());
        } catch (IOException | RefusedException e) {
            throw new UnusableException(name(asked) + " could not be fetched: " + e.getMessage() + ".", e);
        }
    }

    private static RgbImage read(LeasedReference asked, byte[] file) throws UnusableException {
        try {
            return ImageFile.read(file);
        } catch (IOException e) {
            throw new UnusableException(name(asked) + " cannot be read as a picture: " + e.getMessage() + ".", e);
        }
    }

    /** As a sentence begins with it. */
    static String name(LeasedReference asked) {
        return asked.slot().equals(LeasedReference.REFERENCE) ? "The reference" : "The " + asked.slot() + " reference";
    }

    /**
     * How much of a reference is painted over, 0 to 1; see {@link StartImage} for what 0 gives. Rounded to what a person may have written: {@code 1 - 0.9} is less than {@code 0.1}, and
     * would take a step less of ten.
     */
    static double denoising(LeasedReference asked) {
        var influence = COMPOSITION.equals(asked.type())
                ? Math.min(asked.strength() + MORE_FOR_COMPOSITION, MOST_FOR_COMPOSITION)
                : asked.strength();
        return Math.round((1 - influence) * 1e6) / 1e6;
    }

    /** What an SDXL job's metadata say of it. */
    Map<String, Object> details() {
        var details = new LinkedHashMap<String, Object>();
        details.put("reference_applied", picture.isPresent());
        details.put("reference_strength", asked.strength());
        Optional.ofNullable(asked.type()).ifPresent(type -> details.put("reference_type", type));
        start().ifPresent(image -> details.put("denoising_strength", image.strength()));
        error.ifPresent(sentence -> details.put("reference_error", sentence));
        return details;
    }
}
