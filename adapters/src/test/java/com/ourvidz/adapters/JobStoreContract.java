package com.ourvidz.adapters;

/** All that a job store promises, by whom it promises it to. */
public interface JobStoreContract
        extends AcceptContract, FairnessContract, LeaseContract, EndContract, ReadContract, ListContract {}
