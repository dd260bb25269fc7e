// The compiler as a WebAssembly module: what the TypeScript host calls. All numbers are little-endian u32 unless said
// otherwise; a "text" is its length in bytes, then the bytes (UTF-8, or whatever the file held).
//
//   compilerAllocate(bytes) -> address      for a request; freed by compile()
//   addLibrary(text, bytes)                 an archive of skeletons (driver/archive.h) made with compilerAllocate(), which this
//                                           frees
//   addImage(index, bytes) -> ok            an image's index, likewise: programs are linked to what it describes, and lie behind
//                                           it. 0: it is not such an index. Its skeletons are to be added, too; lower images come
//                                           first. Nothing can be compiled without an image that has package runtime
//   compile(request) -> address             of a reply, which stays until the next compile()
//
//   request   flags (bit 0: shared memory; bit 1: name section; bit 2: leave suspension to Binaryen's Asyncify pass;
//             bits 3 to 7: checkOnly, whole, choosesFiles, unpolled and readsSeeds of driver::Options)
//             localImports, modulePath, goVersion, testPackage   texts, as in driver::Options
//             fileCount, then per file: name, text, package (all texts; no package: main)
//   reply     status                        0 compiled, 1 the source has errors, 2 errors that the go command finds before it
//                                           compiles anything
//             diagnosticCount, then each: file (text), line, column, endLine, endColumn, message (text), package (text)
//             module (text)                 the program's bytes
//             data (text)                   to be copied to memory behind the images; begins with abi::ProgramHeader
//             tableSize                     how many entries the program needs in the function table, behind the images
//             positionCount, then each: module offset, function index in ProgramHeader::functions, file index, line
#pragma once

#include <cstdint>

extern "C" {
uint8_t* compilerAllocate(uint32_t bytes);
void addLibrary(uint8_t* text, uint32_t bytes);
uint32_t addImage(uint8_t* index, uint32_t bytes);
const uint8_t* compile(uint8_t* request);
}
