package com.ourvidz.adapters.sql;

import com.ourvidz.core.job.JobReference;
import com.ourvidz.core.reference.ReferenceSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A job's references in a text column: a JSON array of {@code {slot, type, strength, uploaded | url}}. */
final class ReferenceColumn {

    private ReferenceColumn() {}

    static String write(List<JobReference> references) {
        return Json.write(references.stream().map(ReferenceColumn::fields).toList());
    }

    static List<JobReference> read(String json) {
        return Json.objects(json).stream().map(ReferenceColumn::reference).toList();
    }

    private static Map<String, Object> fields(JobReference reference) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("slot", reference.slot().id());
        reference.type().ifPresent(type -> fields.put("type", type.id()));
        fields.put("strength", reference.strength());
        switch (reference.source()) {
            case ReferenceSource.Uploaded(var id) -> fields.put("uploaded", id.toString());
            case ReferenceSource.Remote(var url) -> fields.put("url", url);
        }
        return fields;
    }

    private static JobReference reference(Map<String, Object> fields) {
        return new JobReference(
                JobReference.Slot.valueOf(upper(text(fields, "slot").orElseThrow())),
                text(fields, "type").map(type -> JobReference.Type.valueOf(upper(type))),
                Double.parseDouble(text(fields, "strength").orElseThrow()),
                text(fields, "uploaded")
                        .<ReferenceSource>map(id -> new ReferenceSource.Uploaded(UUID.fromString(id)))
                        .orElseGet(() ->
                                new ReferenceSource.Remote(text(fields, "url").orElseThrow())));
    }

    private static Optional<String> text(Map<String, Object> fields, String name) {
        return Optional.ofNullable(fields.get(name)).map(Object::toString);
    }

    private static String upper(String id) {
        return id.toUpperCase(Locale.ROOT);
    }
}
