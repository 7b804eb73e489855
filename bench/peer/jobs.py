"""The peer of 'bench/run peer': queueing and polling a job as one writes it with FastAPI, Redis and SQLite, and a worker's long poll.

Needs fastapi, uvicorn, uvloop, httptools, redis, hiredis and PyJWT. SQLite is the truth, as durable as ours; Redis carries the queue, and
is filled again from SQLite at the start. It leaves out what a page has no room for: idempotency keys, limits a user, leases that end.
"""

import asyncio
import json
import os
import random
import sqlite3
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Annotated, Literal

import jwt
from fastapi import Depends, FastAPI, HTTPException, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, StringConstraints
from redis.asyncio import Redis

SECRET, WORKER_KEY = os.environ["OURVIDZ_JWT_SECRET"], os.environ["OURVIDZ_WORKER_KEY"]
CREDITS, QUEUE_LIMIT = int(os.environ["OURVIDZ_CREDITS"]), int(os.environ["OURVIDZ_QUEUE_LIMIT"])
KEY = "ourvidz-bench:"
MODELS = ("sdxl_image", "image", "video", "image7b", "video7b")
JOB_TYPES = tuple(f"{model}_{speed}" + ("_enhanced" if "7b" in model else "") for model in MODELS for speed in ("fast", "high"))
SCHEMA = """
CREATE TABLE IF NOT EXISTS users (id TEXT PRIMARY KEY, balance INTEGER NOT NULL CHECK (balance >= 0));
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), created_at REAL NOT NULL, started_at REAL, job_type TEXT NOT NULL,
    queue TEXT NOT NULL, prompt TEXT NOT NULL, metadata TEXT NOT NULL, status TEXT NOT NULL, worker_id TEXT, lease_token TEXT,
    error_message TEXT, attempt INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS jobs_waiting ON jobs (queue, created_at) WHERE status = 'queued';
CREATE INDEX IF NOT EXISTS jobs_of_user ON jobs (user_id, created_at);
CREATE TABLE IF NOT EXISTS ledger (business_key TEXT PRIMARY KEY, user_id TEXT NOT NULL, amount INTEGER NOT NULL, created_at REAL NOT NULL);
"""


class Metadata(BaseModel):
    model_config = ConfigDict(extra="allow")
    prompt: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
    num_images: Literal[1, 3, 6] = 1
    credits: int = 1


class Order(BaseModel):
    jobType: Literal[JOB_TYPES]
    metadata: Metadata


class LeaseRequest(BaseModel):
    worker_id: str
    queue: Literal["sdxl_queue", "wan_queue"]
    wait_seconds: float


class Callback(BaseModel):
    job_id: uuid.UUID
    status: Literal["failed"]
    error_message: str
    attempt: int
    lease_token: str


def connect():
    connection = sqlite3.connect(os.environ["OURVIDZ_DATA"] + "/jobs.db", isolation_level=None, timeout=10, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;" + SCHEMA)
    return connection


# One thread writes, so that nobody waits for SQLite's lock; a read by primary key is quicker than a change of threads.
reader, writer, writing = connect(), connect(), ThreadPoolExecutor(1)
redis = Redis.from_url(os.environ["REDIS_URL"], decode_responses=True, socket_timeout=None)
bearer = HTTPBearer()


def write(work, *arguments):
    def transaction():
        with writer:  # commits, or rolls back when something is raised
            writer.execute("BEGIN IMMEDIATE")
            return work(*arguments)

    return asyncio.get_running_loop().run_in_executor(writing, transaction)


@asynccontextmanager
async def lifespan(_):
    await redis.delete(KEY + "sdxl_queue", KEY + "wan_queue")
    for row in reader.execute("SELECT id, queue FROM jobs WHERE status = 'queued' ORDER BY created_at").fetchall():
        await redis.rpush(KEY + row["queue"], row["id"])
    yield
    await redis.aclose()


app = FastAPI(lifespan=lifespan)


async def user(token: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]):
    try:
        return jwt.decode(token.credentials, SECRET, ["HS256"], {"require": ["sub", "exp"]}, audience="ourvidz", issuer="ourvidz")["sub"]
    except jwt.InvalidTokenError as e:
        raise HTTPException(401, "Sign in.") from e


async def worker(token: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]):
    if token.credentials != WORKER_KEY:
        raise HTTPException(401, "That is not the worker key.")


def accept(owner, job_type, queue, metadata):
    now, job = time.time(), str(uuid.uuid4())
    price = max(1, metadata["credits"])
    charge = "INSERT INTO ledger VALUES (?, ?, ?, ?)"
    if writer.execute("INSERT INTO users VALUES (?, ?) ON CONFLICT DO NOTHING", (owner, CREDITS)).rowcount == 1:
        writer.execute(charge, ("grant:" + owner, owner, CREDITS, now))
    paid = writer.execute("UPDATE users SET balance = balance - ? WHERE id = ? AND balance >= ?", (price, owner, price))
    if paid.rowcount == 0:
        raise HTTPException(402, f"This job costs {price} credits.")
    writer.execute(charge, ("charge:" + job, owner, -price, now))
    return writer.execute(
        "INSERT INTO jobs (id, user_id, created_at, job_type, queue, prompt, metadata, status)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 'queued') RETURNING *",
        (job, owner, now, job_type, queue, metadata["prompt"], json.dumps(metadata)),
    ).fetchone()


def claim(job, worker_id):
    return writer.execute(
        "UPDATE jobs SET status = 'processing', started_at = ?, worker_id = ?, lease_token = ?, attempt = attempt + 1"
        " WHERE id = ? AND status = 'queued' RETURNING *",
        (time.time(), worker_id, uuid.uuid4().hex, job),
    ).fetchone()


def fail(word):
    job = writer.execute(
        "UPDATE jobs SET status = 'failed', error_message = ?, lease_token = NULL"
        " WHERE id = ? AND status = 'processing' AND attempt = ? AND lease_token = ? RETURNING *",
        (word.error_message, str(word.job_id), word.attempt, word.lease_token),
    ).fetchone()
    if job is None:
        raise HTTPException(409, "The lease is lost.")
    price = max(1, json.loads(job["metadata"])["credits"])
    writer.execute("UPDATE users SET balance = balance + ? WHERE id = ?", (price, job["user_id"]))
    writer.execute("INSERT INTO ledger VALUES (?, ?, ?, ?)", ("refund:" + job["id"], job["user_id"], price, time.time()))


def view(job):
    shown = {name: job[name] for name in ("id", "user_id", "job_type", "status", "created_at", "started_at", "attempt")}
    return shown | {"progress": 0, "assets": [], "metadata": json.loads(job["metadata"])}


@app.post("/api/queue-job")
async def submit(order: Order, owner: Annotated[str, Depends(user)]):
    queue = "sdxl_queue" if order.jobType.startswith("sdxl") else "wan_queue"
    if await redis.llen(KEY + queue) >= QUEUE_LIMIT:
        raise HTTPException(503, "The queue is full.", {"Retry-After": "10"})
    metadata = order.metadata.model_dump()
    metadata.setdefault("seed", random.randrange(2**53 - 6))
    job = await write(accept, owner, order.jobType, queue, metadata)
    waiting = await redis.rpush(KEY + queue, job["id"])
    answer = {"success": True, "message": "Job queued.", "jobType": order.jobType, "queue": queue, "queueLength": waiting, "warnings": []}
    return JSONResponse(answer | {"job": view(job) | {"queue_position": waiting}})


@app.get("/api/jobs/{job_id}")
async def show(job_id: uuid.UUID, owner: Annotated[str, Depends(user)]):
    job = reader.execute("SELECT * FROM jobs WHERE id = ? AND user_id = ?", (str(job_id), owner)).fetchone()
    if job is None:
        raise HTTPException(404, "There is no such job.")
    position = {}
    if job["status"] == "queued":
        before = "SELECT COUNT(*) FROM jobs WHERE status = 'queued' AND queue = ? AND created_at <= ?"
        position["queue_position"] = reader.execute(before, (job["queue"], job["created_at"])).fetchone()[0]
    return JSONResponse(view(job) | position)


@app.post("/worker/lease", dependencies=[Depends(worker)])
async def lease(request: LeaseRequest):
    found = await redis.blpop(KEY + request.queue, timeout=max(request.wait_seconds, 0.01))
    job = await write(claim, found[1], request.worker_id) if found else None
    if job is None:
        return Response(status_code=204)
    answer = {name: job[name] for name in ("attempt", "lease_token", "job_type", "prompt")}
    return JSONResponse(answer | {"job_id": job["id"], **json.loads(job["metadata"])})


@app.post("/api/job-callback", dependencies=[Depends(worker)])
async def callback(word: Callback):
    await write(fail, word)
    return JSONResponse({"success": True})
