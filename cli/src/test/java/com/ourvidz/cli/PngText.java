package com.ourvidz.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the {@code tEXt} chunks of a PNG file by the specification, whatever wrote them. */
final class PngText {

    private static final int SIGNATURE = 8;

    private PngText() {}

    static Map<String, String> of(byte[] png) {
        var texts = new LinkedHashMap<String, String>();
        var chunks = ByteBuffer.wrap(png).position(SIGNATURE);
        while (chunks.hasRemaining()) {
            var length = chunks.getInt();
            var type = text(chunks, 4);
            var data = text(chunks, length);
            chunks.getInt(); // CRC
            if (type.equals("tEXt")) {
                var keyword = data.indexOf('\0');
                texts.put(data.substring(0, keyword), data.substring(keyword + 1));
            }
        }
        return texts;
    }

    private static String text(ByteBuffer chunks, int length) {
        var bytes = new byte[length];
        chunks.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
