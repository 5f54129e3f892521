import express from 'express';

express().listen(1);
