"""The Python half of 'bench/run diffusers-video': the same video by diffusers. Needs torch, diffusers, transformers, accelerate, ftfy and numpy.

video.py MODEL DTYPE THREADS STEPS GUIDANCE VIDEOS OUT: speaks as VideoSide.java does.
"""

import sys
import time

import numpy
import torch
from diffusers import WanVACEPipeline

PROMPT = "a red windmill turning on green hills by day"

model, dtype, threads, steps, guidance, videos, out = sys.argv[1:]
torch.set_num_threads(int(threads))
pipeline = WanVACEPipeline.from_pretrained(model, torch_dtype=getattr(torch, dtype))
pipeline.vae.to(torch.float32)
pipeline.set_progress_bar_config(disable=True)


def video(seed):
    return pipeline(
        prompt=PROMPT,
        height=832,
        width=480,
        num_frames=85,
        num_inference_steps=int(steps),
        guidance_scale=float(guidance),
        generator=torch.Generator().manual_seed(seed),
        output_type="np",
    ).frames[0][:83]


def say(*words):
    print(*words, flush=True)


for seed in range(int(videos)):
    start = time.perf_counter()
    frames = video(seed)
    say("seconds", time.perf_counter() - start)
    if seed == 0:
        say("first")
        numpy.rint(frames * 255).astype(numpy.uint8).tofile(out)
say("done")
sys.stdin.read()
