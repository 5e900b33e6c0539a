// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.power;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a disk had done, when the power went, of what it was not forced to do. */
public enum Cut {
    NOTHING {
        @Override
        List<Change> done(List<Change> changes, Random random) {
            return List.of();
        }
    },
    /** Any of it: disks and kernels write in an order of their own. */
    ABOUT_HALF {
        @Override
        List<Change> done(List<Change> changes, Random random) {
            return changes.stream().filter(change -> random.nextBoolean()).toList();
        }
    },
    /** What came first. */
    THE_FIRST {
        @Override
        List<Change> done(List<Change> changes, Random random) {
            return changes.subList(0, random.nextInt(changes.size() + 1));
        }
    },
    /** All up to the last block, of which only some sectors are there. */
    ALL_WITH_A_TORN_END {
        @Override
        List<Change> done(List<Change> changes, Random random) {
            List<Change> done = new ArrayList<>(changes);
            for (int i = changes.size() - 1; i >= 0; i--) {
                if (changes.get(i) instanceof Change.Write write) {
                    done.subList(i, done.size()).clear();
                    done.addAll(write.torn(random));
                    break;
                }
            }
            return done;
        }
    };

    abstract List<Change> done(List<Change> changes, Random random);
}
