package com.ourvidz.adapters.sql;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON in text columns. Whole numbers come back whole and decimals as {@link java.math.BigDecimal}, digit for digit. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static Map<String, Object> object(String json) {
        return Collections.unmodifiableMap(MAPPER.readValue(json, new TypeReference<Map<String, Object>>() {}));
    }

    static List<Map<String, Object>> objects(String json) {
        return List.copyOf(MAPPER.readValue(json, new TypeReference<List<Map<String, Object>>>() {}));
    }

    static List<String> strings(String json) {
        return List.copyOf(MAPPER.readValue(json, new TypeReference<List<String>>() {}));
    }
}
