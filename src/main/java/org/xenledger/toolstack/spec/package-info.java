/** xl's words for a disk and a nic, read into the entry of libxl-json that libxl would store. Pure, but for xl.conf. */
package org.xenledger.toolstack.spec;
