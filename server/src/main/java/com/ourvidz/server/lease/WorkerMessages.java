package com.ourvidz.server.lease;

import com.ourvidz.core.Fence;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.lease.WorkerProtocol;
import com.ourvidz.server.http.StrictJson;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Workers' messages as they arrive: what the protocol's records declare non-null is there, and text is storable. */
public final class WorkerMessages {

    /** The records that are written with underscores on the wire. */
    public static final List<Class<?>> RECORDS = List.of(
            WorkerProtocol.LeaseRequest.class,
            WorkerProtocol.LeasedJob.class,
            WorkerProtocol.LeasedReference.class,
            WorkerProtocol.Enhancement.class,
            WorkerProtocol.PromptCheck.class,
            WorkerProtocol.PromptVerdict.class,
            WorkerProtocol.Heartbeat.class,
            WorkerProtocol.Uploaded.class,
            WorkerProtocol.Release.class,
            WorkerProtocol.Callback.class);

    private WorkerMessages() {}

    /** @throws Rejection {@code INVALID}, naming the field that is missing */
    static <T extends Record> T complete(T message) {
        for (var component : message.getClass().getRecordComponents()) {
            var value = value(message, component);
            if (value != null) {
                StrictJson.requireStorable(value);
            } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw Rejection.invalid(component.getName() + " is missing.");
            }
        }
        return message;
    }

    static Fence fence(UUID job, WorkerProtocol.Heartbeat beat) {
        return new Fence(job, beat.attempt(), beat.leaseToken());
    }

    static Fence fence(UUID job, WorkerProtocol.PromptCheck check) {
        return new Fence(job, check.attempt(), check.leaseToken());
    }

    static Fence fence(UUID job, WorkerProtocol.Release release) {
        return new Fence(job, release.attempt(), release.leaseToken());
    }

    private static @Nullable Object value(Record message, RecordComponent component) {
        try {
            return component.getAccessor().invoke(message);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
