package com.ourvidz.core.lease;

import com.ourvidz.core.Fence;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.asset.ObjectStore;
import com.ourvidz.core.job.JobReference;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.reference.Pictures;
import com.ourvidz.core.reference.ReferenceSource;
import com.ourvidz.core.reference.References;
import com.ourvidz.core.reference.RemotePictures;
import java.io.IOException;
import java.util.Map;

/** The pictures that a leased job refers to, for the worker that holds it. */
public final class LeasedPictures {

    private final JobStore jobs;
    private final References references;
    private final RemotePictures remote;
    private final Pictures pictures;

    public LeasedPictures(JobStore jobs, References references, RemotePictures remote, Pictures pictures) {
        this.jobs = jobs;
        this.references = references;
        this.remote = remote;
        this.pictures = pictures;
    }

    /**
     * The picture of one slot, PNG. A picture from elsewhere is fetched now. Where the platform refuses to go, the job has failed on return
     * and is refunded: somebody has made an authorised address lead where none may.
     *
     * @throws Rejection {@code CONFLICT} for a stale fence, also when the job has failed just now; {@code NOT_FOUND} when there is no such
     *     slot, or its picture is gone or cannot be read: the worker goes on without
     */
    public byte[] open(Fence fence, String slot) throws IOException {
        var job = jobs.held(fence).orElseThrow(Leases::stale);
        var reference = job.order().references().stream()
                .filter(each -> each.slot().id().equals(slot))
                .findFirst()
                .orElseThrow(Rejection::notFound);
        return switch (reference.source()) {
            case ReferenceSource.Uploaded(var id) -> bytes(references.open(id));
            case ReferenceSource.Remote(var url) -> fetch(fence, reference.slot(), url);
        };
    }

    private static byte[] bytes(ObjectStore.StoredObject object) throws IOException {
        try (var in = object.open()) {
            return in.readAllBytes();
        }
    }

    private byte[] fetch(Fence fence, JobReference.Slot slot, String url) {
        try {
            return pictures.read(remote.fetch(url)).png();
        } catch (RemotePictures.RefusedException e) {
            jobs.fail(fence, "The " + slot.id() + " image leads to an address that is not allowed.", Map.of());
            throw Leases.stale();
        } catch (IOException | Rejection e) {
            throw Rejection.notFound();
        }
    }
}
