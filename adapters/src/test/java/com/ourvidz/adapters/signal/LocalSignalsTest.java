package com.ourvidz.adapters.signal;

import com.ourvidz.adapters.SignalsContract;
import com.ourvidz.core.worker.Signals;

class LocalSignalsTest implements SignalsContract {

    private final Signals signals = new LocalSignals();

    @Override
    public Signals testee() {
        return signals;
    }
}
