package com.ourvidz.server.http;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Describes records as {@link StrictJson} writes them: with underscores in their names. */
public final class UnderscoredSchemas implements OpenApiCustomizer {

    private final List<Class<?>> records;

    public UnderscoredSchemas(List<Class<?>> records) {
        this.records = List.copyOf(records);
    }

    @Override
    public void customise(OpenAPI api) {
        var schemas = api.getComponents().getSchemas();
        records.forEach(each -> Optional.<Schema<?>>ofNullable(schemas.get(each.getSimpleName()))
                .ifPresent(UnderscoredSchemas::rename));
    }

    private static void rename(Schema<?> schema) {
        var named = new LinkedHashMap<>(schema.getProperties());
        named.clear();
        schema.getProperties().forEach((name, property) -> named.put(underscored(name), property));
        schema.setProperties(named);
    }

    private static String underscored(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
