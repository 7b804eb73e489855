package com.ourvidz.core;

import java.util.List;

/**
 * How long a list is and where its pages end, so that any of them can be read without the ones before.
 *
 * @param count of all items
 * @param ends the last item of each page but the last: the cursors of the pages after them
 */
public record Outline(long count, List<Page.Cursor> ends) {}
