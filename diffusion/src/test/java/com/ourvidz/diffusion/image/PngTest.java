package com.ourvidz.diffusion.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What is written here is read with the JDK's own reader. */
class PngTest {

    private static final GenerationParameters LIGHTHOUSE = new GenerationParameters(
            "a red lighthouse\nby the sea",
            "blurry",
            7,
            15,
            6.0,
            "Euler",
            "starter-sdxl",
            1024,
            768,
            OptionalDouble.of(0.5),
            List.of("fox-style:0.8", "snow:-0.5"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 9", "17, 1", "33, 25"})
    void everyPixelComesBack(int width, int height) throws IOException {
        byte[] rgb = noise(width, height);
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png(rgb, width, height, Map.of())));
        assertThat(picture.getColorModel().getPixelSize()).isEqualTo(24);
        assertThat(rgb(picture)).containsExactly(rgb);
    }

    @Test
    void theParametersComeBackFromTheFile() throws IOException {
        Path file = folder.resolve("lighthouse.png");
        Png.write(file, new byte[3], 1, 1, LIGHTHOUSE.text());
        assertThat(text(Files.readAllBytes(file)))
                .containsAllEntriesOf(LIGHTHOUSE.text())
                .containsEntry(
                        "parameters",
                        "a red lighthouse\nby the sea\nNegative prompt: blurry\nSteps: 15, Sampler: Euler, CFG scale: 6.0,"
                                + " Seed: 7, Size: 1024x768, Model: starter-sdxl, Denoising strength: 0.5,"
                                + " LoRAs: \"fox-style:0.8, snow:-0.5\"")
                .containsEntry("LoRAs", "fox-style:0.8, snow:-0.5")
                .containsEntry("Denoising strength", "0.5")
                .containsEntry("Seed", "7")
                .containsEntry("Source", "AI-generated")
                .hasEntrySatisfying("XML:com.adobe.xmp", xmp -> assertThat(xmp).contains("trainedAlgorithmicMedia"));
    }

    @Test
    void promptsOfAnyScriptComeBack() throws IOException {
        for (String prompt : new String[] {"naïve café", "雪中的狐狸 😀", "Ångström £5", "\u0000fox"}) {
            String expected = prompt.replace("\0", "");
            assertThat(text(png(new byte[3], 1, 1, Map.of("Prompt", prompt)))).containsEntry("Prompt", expected);
        }
    }

    @Test
    void theSamePictureGivesTheSameBytes() throws IOException {
        byte[] rgb = noise(64, 64);
        assertThat(png(rgb, 64, 64, LIGHTHOUSE.text())).isEqualTo(png(rgb, 64, 64, LIGHTHOUSE.text()));
    }

    @Test
    void theWorstPictureFitsTheSmallestBucket() throws IOException {
        assertThat(png(noise(1024, 1024), 1024, 1024, LIGHTHOUSE.text())).hasSizeLessThan(5 << 20);
    }

    @Test
    void bytesThatAreNoPictureOfThatSizeAreRefused() {
        assertThatThrownBy(() -> png(new byte[12], 2, 3, Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> png(new byte[0], 0, 3, Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] png(byte[] rgb, int width, int height, Map<String, String> text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Png.write(out, rgb, width, height, text);
        return out.toByteArray();
    }

    private static byte[] noise(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        new Random(1).nextBytes(rgb);
        return rgb;
    }

    private static byte[] rgb(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int pixel : picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth())) {
            bytes.write(pixel >> 16);
            bytes.write(pixel >> 8);
            bytes.write(pixel);
        }
        return bytes.toByteArray();
    }

    private static Map<String, String> text(byte[] png) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(png))) {
            reader.setInput(in);
            Element root = (Element) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0");
            Map<String, String> text = new HashMap<>();
            read(root.getElementsByTagName("tEXtEntry"), "value", text);
            read(root.getElementsByTagName("iTXtEntry"), "text", text);
            return text;
        } finally {
            reader.dispose();
        }
    }

    private static void read(NodeList entries, String attribute, Map<String, String> text) {
        for (int i = 0; i < entries.getLength(); i++) {
            Element entry = (Element) entries.item(i);
            text.put(entry.getAttribute("keyword"), entry.getAttribute(attribute));
        }
    }
}
