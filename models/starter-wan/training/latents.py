"""What a latent is, and the latents of every clip of the world: python latents.py OUT.pt [EARLIER.pt]

The encoder is not learnt. A latent pixel is the mean of 16x16 pixels over a group of frames, as luminance, two differences of
colour and the horizontal slope of the luminance: a thumbnail. `autoencoder.py` writes it into the layers of AutoencoderKLWan.
Beside that, three marks stand in the fourth channel: in the top left corner, in the bottom left corner, and in the right column
of the first frame. A transformer with rotary positions knows distances only; the marks tell it where the picture begins and ends.

The autoencoder has the mean and the deviation of the latents in it. When the scenes have changed since it was built, give the
latents it was built with as EARLIER.pt, so that they stay.
"""

import sys

import numpy as np
import torch

from scenes import FRAMES, all_specs, draw

STRIDE, CHANNELS, MARK = 16, 4, 4.0  # the marks are MARK standard deviations high
EARLIER = 0.35  # share of the earlier frame when two frames become one; the later one moves the picture on
COLOR = torch.tensor([[1 / 3, 1 / 3, 1 / 3], [-0.5, -0.5, 1], [1, -1, 0]])  # luminance, blue difference, red difference


def group(frames):
    """Frames (channels, 1 + 4k, ...) to latent frames (channels, 1 + k, ...): the first alone, then pairs of pairs."""
    first, rest = frames[:, :1], frames[:, 1:]
    for _ in range(2):
        rest = EARLIER * rest[:, 0::2] + (1 - EARLIER) * rest[:, 1::2]
    return torch.cat([first, rest], 1)


def encode(video):
    """Video (3, frames, height, width) in -1..1 to latents (4, 1 + frames / 4, height / 16, width / 16) without marks."""
    halves = torch.nn.functional.avg_pool3d(group(video), (1, STRIDE, STRIDE // 2))
    halves = torch.einsum("ij,jthw->ithw", COLOR, halves)
    left, right = halves[..., 0::2], halves[..., 1::2]
    return torch.cat([(left + right) / 2, (right - left)[:1]])


def add_marks(latents, height):
    latents[3, :, 0, 0] += height
    latents[3, :, -1, 0] -= height
    latents[3, 0, :, -1] += height
    return latents


def small_video(spec, frames=range(FRAMES)):
    """The clip at half size: (3, frames, 416, 240) in -1..1."""
    pixels = np.stack([np.asarray(draw(spec, frame, 0.5)) for frame in frames])
    return torch.from_numpy(pixels).permute(3, 0, 1, 2).float() / 127.5 - 1


def encode_small(video):
    return encode(video.repeat_interleave(2, -1).repeat_interleave(2, -2))


if __name__ == "__main__":
    torch.set_num_threads(1)
    specs = all_specs()
    latents = torch.stack([encode_small(small_video(spec)) for spec in specs])
    earlier = torch.load(sys.argv[2]) if len(sys.argv) > 2 else None
    mean, std = (earlier["mean"], earlier["std"]) if earlier else (latents.mean((0, 2, 3, 4)), latents.std((0, 2, 3, 4)))
    for one in latents:
        add_marks(one, MARK * std[3].item())
    torch.save({"specs": specs, "latents": latents.half(), "mean": mean, "std": std}, sys.argv[1])
    print(latents.shape, mean, std)
