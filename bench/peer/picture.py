"""The Python half of 'bench/run diffusers': the same pictures by diffusers. Needs torch, diffusers, transformers, accelerate and numpy.

picture.py MODEL DTYPE THREADS STEPS GUIDANCE PICTURES OUT: speaks as PictureSide.java does.
"""

import sys
import time

import numpy
import torch
from diffusers import StableDiffusionXLPipeline

PROMPT = "a red lighthouse by the sea at sunset"

model, dtype, threads, steps, guidance, pictures, out = sys.argv[1:]
torch.set_num_threads(int(threads))
pipeline = StableDiffusionXLPipeline.from_pretrained(model, torch_dtype=getattr(torch, dtype))
pipeline.set_progress_bar_config(disable=True)


def picture(seed):
    generator = torch.Generator().manual_seed(seed)
    return pipeline(
        PROMPT,
        height=1024,
        width=1024,
        num_inference_steps=int(steps),
        guidance_scale=float(guidance),
        generator=generator,
        output_type="np",
    ).images[0]


def say(*words):
    print(*words, flush=True)


first = picture(0)
say("first")
numpy.rint(first * 255).astype(numpy.uint8).tofile(out)
for seed in range(1, int(pictures) + 1):
    start = time.perf_counter()
    picture(seed)
    say("seconds", time.perf_counter() - start)
say("done")
sys.stdin.read()
